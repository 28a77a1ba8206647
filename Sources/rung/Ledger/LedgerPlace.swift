import ArgumentParser
import Foundation
import RoutingLedger

/// Which ledger a command is about.
struct LedgerPlace: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The ledger (default: RUNG_LEDGER, else rung.ledger).", valueName: "file"),
    completion: .file())
  var ledger: String?

  var path: String {
    if let ledger { return ledger }
    let named = ProcessInfo.processInfo.environment["RUNG_LEDGER"] ?? ""
    return named.isEmpty ? "rung.ledger" : named
  }

  /// For reading; a ledger that is not there is not made.
  func reader() throws(CommandFailure) -> LedgerReader { try Self.reader(path) }

  static func reader(_ path: String) throws(CommandFailure) -> LedgerReader {
    try check(path)
    do {
      return try LedgerReader(path: path)
    } catch {
      throw CommandFailure(error.description, exit: .couldNotRun)
    }
  }

  /// Whether there is a file to read.
  static func check(_ path: String) throws(CommandFailure) {
    guard let isFolder = Files.isFolder(path) else {
      throw CommandFailure(
        "there is no ledger `\(path)`: `rung run` and `rung ledger import` make one, and --ledger "
          + "names another")
    }
    guard !isFolder else { throw CommandFailure("`\(path)` is a folder, not a ledger") }
    // A pipe would be waited for.
    try reading { () throws(LedgerFailure) in try LedgerReader.checkKind(of: path) }
  }

  /// Says that budgets begin with less than was spent.
  static func warn(of loss: LedgerLoss?, _ path: String) {
    guard let loss else { return }
    Terminal.error(
      "warning: \(loss.rows) acknowledged rows (\(loss.commits) commits) are missing at the end of "
        + "`\(path)`, which was restored or damaged: budgets do not count them. `rung ledger verify` "
        + "keeps them on record; bring the rows back from a backup if there is one")
  }
}

/// Runs what may fail on the ledger; its failure ends the command with one line.
func reading<Value>(
  _ body: () throws(LedgerFailure) -> Value
) throws(CommandFailure) -> Value {
  do {
    return try body()
  } catch {
    throw CommandFailure(error.description, exit: .couldNotRun)
  }
}
