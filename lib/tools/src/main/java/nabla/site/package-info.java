/**
 * Executed notebooks to a static web site that needs no network: one page per notebook, an index, and the table of what
 * was checked. {@link nabla.site.SiteBuilder} is the way in.
 */
package nabla.site;
