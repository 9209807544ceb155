// MathJax, set up before it loads. Only elements of the class "math" are typeset: the builder has already decided what is
// mathematics, so a price or a program in the text stays as it is.
window.MathJax = {
  tex: {
    inlineMath: [['$', '$'], ['\\(', '\\)']],
    displayMath: [['$$', '$$'], ['\\[', '\\]']],
    processEscapes: true,
    tags: 'ams'
  },
  options: {
    ignoreHtmlClass: 'no-math',
    processHtmlClass: 'math',
    enableMenu: false
  },
  svg: {fontCache: 'global'}
};
