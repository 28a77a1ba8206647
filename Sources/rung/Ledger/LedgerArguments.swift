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

  @Option(help: "Keep the texts of requests and answers this long, as 12h or 30d.")
  var keepPrompts: KeepTime?

  enum Mode: String, ExpressibleByArgument, CaseIterable {
    case crashSafe = "crash-safe"
    case durable
  }

  /// A span such as `45m`, `12h` or `30d`.
  struct KeepTime: ExpressibleByArgument {
    let milliseconds: Int64

    init?(argument: String) {
      let units: [Character: Int64] = ["m": 60_000, "h": 3_600_000, "d": 86_400_000]
      guard let unit = argument.last.flatMap({ units[$0] }),
        let count = Int64(argument.dropLast()), count > 0
      else { return nil }
      let (product, isTooLong) = count.multipliedReportingOverflow(by: unit)
      guard !isTooLong else { return nil }
      milliseconds = product
    }
  }

  mutating func validate() throws {
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
