import HTTPTypes
import NIOCore

/// From where the admin routes may be asked for.
package enum AdminAccess: Hashable, Sendable {
  /// From this machine, without a key; from anywhere else not at all.
  case thisMachine
  /// From anywhere, with an admin key; a call from this machine needs one too.
  case key
}

/// What keeps pages away from a gateway that asks nobody for a key.
///
/// A page in a browser may send its reader's browser to this machine, under a name of its own too, and
/// what it asks would be paid for.
enum PageCall {
  /// Whether a browser says that a page asks.
  static func isMade(_ headers: HTTPFields) -> Bool {
    if headers.contains(.origin) { return true }
    guard let site = headers.values(of: "sec-fetch-site").first else { return false }
    // Somebody typed the address.
    return site != "none"
  }
}

/// Whether a request was made on this machine by somebody who meant to.
///
/// A connection from the loopback is not enough: a proxy on this machine passes on what came from
/// elsewhere, and a page in a browser may send its reader's browser here.
enum LocalCall {
  /// Each is written by proxies, or by browsers for a page.
  private static let foreign = [
    "forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip",
    "x-client-ip", "cf-connecting-ip", "true-client-ip", "origin", "referer", "sec-fetch-site",
  ].compactMap { HTTPField.Name($0) }

  static func isMade(from peer: SocketAddress?, authority: String?, _ headers: HTTPFields) -> Bool {
    isLoopback(peer) && namesThisMachine(authority)
      && !foreign.contains { headers.contains($0) }
  }

  private static func isLoopback(_ peer: SocketAddress?) -> Bool {
    guard let address = peer?.ipAddress else { return false }
    return address == "::1" || isLoopback4(address[...])
      || (address.hasPrefix("::ffff:") && isLoopback4(address.dropFirst(7)))
  }

  /// 127.0.0.0/8.
  private static func isLoopback4(_ address: Substring) -> Bool {
    let parts = address.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// A name that resolves to the loopback is a stranger's: it is how a page reaches this machine.
  static func namesThisMachine(_ authority: String?) -> Bool {
    guard let authority else { return false }
    if authority.hasPrefix("[::1]") {
      let rest = authority.dropFirst(5)
      return rest.isEmpty || rest.hasPrefix(":")
    }
    let host = authority.prefix { $0 != ":" }
    return host == "localhost" || isLoopback4(host)
  }
}
