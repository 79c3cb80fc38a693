// Package webhooks tells other systems what happened: it sends the log of events to the
// endpoints that administrators set up. Programs get signed documents by the Standard
// Webhooks specification (https://www.standardwebhooks.com); groups in WeCom, DingTalk and
// Feishu get messages of their robots.
//
// Each event is sent at least once: an event is in the store before anything is sent, and
// waits there until the endpoint has taken it. On one endpoint, a deal's events come in
// their order; a deal whose event is not taken holds up no other deal.
package webhooks
