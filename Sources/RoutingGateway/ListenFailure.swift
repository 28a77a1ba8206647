import Foundation
import NIOCore

/// Why an address cannot be listened on.
package struct ListenFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// One line that names the address and the cure.
  package let description: String

  init(_ error: any Error, host: String, port: Int) {
    let reason: String
    switch (error as? IOError)?.errnoCode {
    case EADDRINUSE: reason = "another program listens there: choose another --port"
    case EACCES: reason = "the system keeps this port for others: choose one above 1023"
    case EADDRNOTAVAIL: reason = "this machine has no such address"
    case let code?: reason = "\(POSIXErrorCode(rawValue: code).map { "\($0)" } ?? "error \(code)")"
    case nil: reason = "\(error)"
    }
    description = "cannot listen on \(host) port \(port): \(reason)"
  }
}
