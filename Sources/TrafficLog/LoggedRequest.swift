package import LedgerExchange
import PolicySemantics
package import PolicyUnits
package import RoutingBudgets

/// One request as a log tells of it.
///
/// Names are numbers of the ``TrafficLog`` it comes from: a log repeats them a million times.
package struct LoggedRequest: Sendable {
  /// In the log, from 1.
  package var line: Int
  package var time: Timestamp
  /// All that was said of it but its moment, its tokens and its texts; see ``TrafficLog/shape(_:)``.
  package var shape: Int
  /// The model that answered, by the name the log has for it; nil if it does not say.
  package var served: Int?
  /// Nil where the log does not count them.
  package var input: Int64?
  package var cachedInput: Int64
  package var output: Int64?
  /// What the log says it cost.
  package var cost: Money?
  /// The name of that cost's currency; nil for the catalog's.
  package var currency: Int?
  /// Whether that is the bill of all its calls, as a ledger keeps it, and no guess of another program.
  package var isBilled: Bool
  /// Of the whole request: two that say the same have the same one.
  package var fingerprint: UInt64?
  /// What its policy found in it, of a row of a ledger.
  package var record: LoggedRecord?
  /// The caller's names as far as a cache may be kept apart by them.
  package var identities: LoggedIdentities
  /// What its caller asked of a cache.
  package var cache: LoggedCache
}

/// What a policy recorded of a request it decided: its own business to read.
package final class LoggedRecord: Sendable {
  package let bytes: [UInt8]
  /// The name the policy is kept under in the ledger.
  package let archive: String
  package let streams: Bool

  init(_ bytes: [UInt8], archive: String, streams: Bool) {
    self.bytes = bytes
    self.archive = archive
    self.streams = streams
  }
}

/// Names of one request, as numbers of its log; nil where there is none.
package struct LoggedIdentities: Hashable, Sendable {
  package var tenant: Int32 = -1
  package var user: Int32 = -1
  package var key: Int32 = -1
  package var conversation: Int32 = -1

  /// The names that sway a decision; of users and conversations otherwise whether there is one, as a
  /// cache may go by them.
  func only(_ names: DecidingNames) -> LoggedIdentities {
    LoggedIdentities(
      tenant: names.tenant ? tenant : -1, user: names.user || user < 0 ? user : .max,
      key: names.key ? key : -1,
      conversation: names.conversation || conversation < 0 ? conversation : .max)
  }
}

/// The names that sway a decision, each looked up once for a log.
struct DecidingNames {
  let tenant: Bool
  let user: Bool
  let key: Bool
  let conversation: Bool

  init(_ names: Set<Identity>) {
    tenant = names.contains(.tenant)
    user = names.contains(.user)
    // The tenant is the key's, or the key itself.
    key = names.contains(.key) || tenant
    conversation = names.contains(.conversation)
  }
}

/// Why a line of a log is no request.
package struct LogProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package let line: Int
  package let reason: Reason

  package enum Reason: Error, Hashable, Sendable {
    case notJSON(String)
    /// A record of a table that is none.
    case unreadable(String)
    case notAnObject
    case missing(member: String)
    /// The member, and what it must be.
    case wrong(member: String, String)
    /// A request that cannot be read as one.
    case request(String)

    /// The list of calls, and what is wrong in it.
    case attempts(RowProblem)

    static func missing(_ member: LogMember) -> Reason { .missing(member: member.rawValue) }
    static func wrong(_ member: LogMember, _ wanted: String) -> Reason {
      .wrong(member: member.rawValue, wanted)
    }
  }

  /// Whether it is an object that only names no time: a row of another program may be one.
  package var isTimeless: Bool { reason == .missing(.time) }

  package var description: String {
    switch reason {
    case .notJSON(let problem), .unreadable(let problem): "line \(line): \(problem)"
    case .attempts(let problem): "line \(line): \(problem)"
    case .notAnObject: "line \(line): not an object"
    case .missing(let member): "line \(line): it has no `\(member)`"
    case .wrong(let member, let wanted): "line \(line): `\(member)` is no \(wanted)"
    case .request(let problem): "line \(line): \(problem)"
    }
  }
}
