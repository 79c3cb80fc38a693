// Package wecom speaks the protocols of WeCom (企业微信): the callback's signature and
// cipher, its events, and the records of the message archive (会话内容存档) and of the
// data and intelligence zone (数据与智能专区). It is pure: bytes in, values out.
//
// Sources: developer.work.weixin.qq.com/document/path/90968 (callback), 91774 (archive),
// 99974 and 101365 (zone).
package wecom
