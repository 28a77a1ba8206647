/// Why an instant is no moment of a policy.
package enum ClockProblem: Error, Hashable, Sendable {
  /// The text is no time.
  case unreadable(String)
  case unknownZone(String)
  /// Outside the years 1 to 9999.
  case outsideCalendar
}

extension ClockProblem: CustomStringConvertible {
  /// How a time is written.
  package static let form =
    "write it as 2026-03-01T09:30:00Z or 2026-03-01T09:30:00+01:00, "
    + "or as 2026-03-01T09:30:00 for the policy's own zone"

  /// One line that names the cure.
  package var description: String {
    switch self {
    case .unreadable(let text): "`\(text)` is no time: \(Self.form)"
    case .unknownZone(let name):
      "this machine has no time zone `\(name)`: install the tzdata package"
    case .outsideCalendar: "the time lies outside the years 1 to 9999"
    }
  }
}
