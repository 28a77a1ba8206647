import Foundation
import PolicyDiagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where text goes and whether it may be coloured.
enum Terminal {
  static func out(_ text: String, newline: Bool = true) {
    write(newline ? text + "\n" : text, to: .standardOutput)
  }

  static func error(_ text: String) {
    write(text + "\n", to: .standardError)
  }

  /// A line on standard error about work that goes on, whether anybody reads it or not.
  static func note(_ text: String) { tell(text + "\n") }

  /// Replaces the progress line of a terminal; empty text takes it away.
  static func progress(_ text: String) { tell("\r\u{1B}[K\(text)") }

  private static func tell(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// A closed pipe ends the program as it ends others: quietly, with the shell's code for it.
  ///
  /// Any other failure, such as a full disk, would leave half a report behind: it is told.
  private static func write(_ text: String, to handle: FileHandle) {
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      let reason = Files.reason(error)
      guard reason != Files.reason(EPIPE) else { Foundation.exit(141) }
      let message = Data("could not write the output: \(reason)\n".utf8)
      try? FileHandle.standardError.write(contentsOf: message)
      Foundation.exit(CommandExit.couldNotRun.rawValue)
    }
  }

  /// A text of somebody else's on one line: what would move the cursor or change colours is a mark.
  static func harmless(_ text: String) -> String { VisibleText.of(text) }

  /// Colour only on a terminal, and never against `NO_COLOR` or a dumb one.
  static var coloursOutput: Bool { isTerminal(1) && allowsColour }
  static var coloursErrors: Bool { isTerminal(2) && allowsColour }

  /// Columns, as the shell tells; 80 where nobody does.
  static var width: Int {
    let named = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
    return min(max(named, 40), 120)
  }

  static var showsProgress: Bool { isTerminal(2) }

  private static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  private static var allowsColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
  }
}
