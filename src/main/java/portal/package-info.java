/**
 * The portal: what a page and a document are, the dialects in which portals are spoken to, and the
 * governor that every request passes. Calls nothing of ours.
 */
package portal;
