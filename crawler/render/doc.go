// Package render shows a page in a headless Chromium that is found on the machine, for
// pages whose content a script puts there. The browser itself reaches nothing: each of its
// requests is answered through the crawler, so that robots.txt, politeness, guarded
// addresses and size limits hold for rendering as for any fetch.
package render
