package nabla.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;

class OutputsTest {
    private static String html(String json) throws JsonProcessingException {
        return Outputs.html(NotebookFile.JSON.readTree(json.replace('\'', '"')), new Markdown());
    }

    @Test
    void whatAProgramPrintsIsText() throws Exception {
        assertEquals(
                "<pre class=\"output stdout\">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp;lt; red</pre>\n",
                html(
                        "{'output_type':'stream','name':'stdout','text':['<script>alert(\\'1\\')','</script> &lt; \\u001b[31mred\\u001b[0m\\n']}"
                                .replace("\\'", "\\\"")));
    }

    @Test
    void errorsAreText() throws Exception {
        assertEquals(
                "<pre class=\"output error\">a &lt; b</pre>\n",
                html("{'output_type':'error','ename':'E','evalue':'a','traceback':['a < b']}"));
        assertEquals(
                "<pre class=\"output error\">E: &lt;b&gt;</pre>\n",
                html("{'output_type':'error','ename':'E','evalue':'<b>','traceback':[]}"));
    }

    @Test
    void theRichestFormWins() throws Exception {
        String all = "{'output_type':'display_data','data':{'text/plain':'plain','image/png':'iVBORw==\\n',"
                + "'text/latex':'$a<b$','text/markdown':'**md**','text/html':'<b>html</b>'}}";
        assertEquals("<div class=\"output math\"><b>html</b></div>\n", html(all));
        assertTrue(html(all.replace("text/html", "x")).contains("<strong>md</strong>"));
        assertTrue(html(all.replace("text/html", "x").replace("text/markdown", "y"))
                .contains("$a&lt;b$"));
        String image =
                html(all.replace("text/html", "x").replace("text/markdown", "y").replace("text/latex", "z"));
        assertTrue(image.contains("<img src=\"data:image/png;base64,iVBORw==\" alt=\"plain\">"), image);
    }

    @Test
    void plainTextIsEscaped() throws Exception {
        String html = html("{'output_type':'execute_result','data':{'text/plain':'<img onerror=x>'}}");
        assertFalse(html.contains("<img"), html);
    }

    @Test
    void aPictureStaysInItsAttribute() throws Exception {
        String html = html("{'output_type':'display_data','data':{'image/png':'x\\\"onerror=\\\"alert(1)'}}");
        assertTrue(html.contains("base64,x&quot;onerror=&quot;alert(1)\""), html);
    }

    @Test
    void hugeOutputsAreCutInWords() throws Exception {
        String html = html("{'output_type':'stream','name':'stdout','text':'" + "x".repeat(25_000_000) + "'}");
        assertTrue(html.endsWith("x\n... and 24,000,000 more characters, which are in the notebook</pre>\n"));
        assertTrue(html.length() < 1_001_000);
    }
}
