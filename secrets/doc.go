// Package secrets seals what opens other people's doors (cookies, API keys, the signing
// secrets of webhooks), so that neither the store nor a backup of it shows them. It uses
// age (age-encryption.org): a key is a line AGE-SECRET-KEY-1…, as age-keygen writes it.
//
// Whoever keeps a secret calls
//
//	kept, err := keys.Seal("webhook crm for https://crm.example", secret)
//
// stores kept as it is, and calls Open with the same purpose when it is used. The purpose
// names the record and, where there is one, the address that the secret is sent to: a
// sealed text that is copied into another record, or whose record is pointed at another
// address, does not open. What is shown of a secret is Kept and nothing else.
//
// # Keys
//
// Keys are lines; the first one seals, all of them open. To change the key, put a new line
// in front (Generate), seal everything again (`dealvitals secrets reseal`), and take the
// old line away. Where there is no key at all, Seal and Open of the nil *Keyring answer
// with a *NoKeyError that says what to do.
package secrets
