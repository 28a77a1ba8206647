import ArgumentParser
import RoutingBudgets
import RoutingLedger

/// Where requests are recorded, and how surely.
struct LedgerArguments: ParsableArguments {
  @OptionGroup var place: LedgerPlace

  @Option(help: "crash-safe survives a killed process, durable a power loss too.")
  var ledgerMode = Mode.crashSafe

  @Flag(help: "Record nothing; policies that count over time are refused.")
  var noLedger = false

  @Option(
    help: ArgumentHelp(
      "Keep the texts of requests and answers this long, as 12h or 30d.", valueName: "time"),
    transform: TimeSpan.read)
  var keepPrompts: TimeSpan?

  enum Mode: String, ExpressibleByArgument, CaseIterable {
    case crashSafe = "crash-safe"
    case durable
  }

  mutating func validate() throws {
    if let keepPrompts, keepPrompts.milliseconds == 0 {
      throw ValidationError("--keep-prompts takes a time above zero, as 12h or 30d")
    }
    guard noLedger else { return }
    if place.ledger != nil { throw ValidationError("--no-ledger and --ledger exclude each other") }
    if keepPrompts != nil {
      throw ValidationError("--keep-prompts needs the ledger: leave out --no-ledger")
    }
  }

  /// Opens the ledger for writing; nil if none is wanted.
  func open(currency: String) throws(CommandFailure) -> Ledger? {
    guard !noLedger else { return nil }
    do throws(LedgerFailure) {
      let ledger = try Ledger.open(
        path: place.path, mode: ledgerMode == .durable ? .durable : .crashSafe, currency: currency,
        clock: { Moment.timestamp })
      LedgerPlace.warn(of: ledger.loss, place.path)
      return ledger
    } catch {
      throw CommandFailure(error.description, exit: .couldNotRun)
    }
  }
}
