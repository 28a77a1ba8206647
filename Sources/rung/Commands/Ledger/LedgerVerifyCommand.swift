import ArgumentParser
import Foundation
import RoutingLedger

struct LedgerVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Prove that a ledger is whole: every byte, every row, every sum, and its end.",
    discussion: """
      Reads all of it and changes nothing. While somebody writes to it, what was committed is proved and \
      the bytes, which are in motion, are left out.

      Whoever can write to the ledger and to its head can make a new chain. So keep the head's hash \
      somewhere else, and give it back later: the ledger must then still have that row.

      Exits with 0 if it is whole, 1 if not, 3 if it cannot be read.

      EXAMPLES
        rung ledger verify
        rung ledger verify backup/rung.ledger --expect-head 865c298a62aab146ffc1f805…
        rung ledger verify --format json | jq -r .head.hash
      """)

  @Argument(help: "The ledger (default: RUNG_LEDGER, else rung.ledger).", completion: .file())
  var file: String?

  @OptionGroup var place: LedgerPlace

  @Option(help: ArgumentHelp("The hash of a row that was the last one once.", valueName: "hash"))
  var expectHead: String?

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func validate() throws {
    if file != nil, place.ledger != nil {
      throw ValidationError("name the ledger once: as an argument or with --ledger")
    }
    guard let expectHead else { return }
    let isHash = expectHead.utf8.count == 64 && expectHead.allSatisfy(\.isHexDigit)
    guard isHash else {
      throw ValidationError("--expect-head takes the 64 hexadecimal digits that verify prints")
    }
  }

  func run() async throws {
    let path = file ?? place.path
    try LedgerPlace.check(path)
    guard Self.mayBeLedger(path) else {
      throw CommandFailure(LedgerFailure.notALedger(path: path).description, exit: .couldNotRun)
    }
    let expected = expectHead
    let report = try await Progress.during("verifying \(path)") {
      let verification = try reading { () throws(LedgerFailure) in
        try LedgerVerifier(path: path).verify(expecting: expected)
      }
      return LedgerVerifyReport(path: path, verification, LedgerSums(of: path))
    }
    switch format {
    case .text: Terminal.out(report.text)
    case .json: Terminal.out(report.json)
    }
    if !report.verification.isWhole { throw ExitCode(CommandExit.findings.rawValue) }
  }

  /// A damaged ledger is still one: by its beginning, by rung's mark, or by the head beside it.
  private static func mayBeLedger(_ path: String) -> Bool {
    guard Files.isFolder(path + "-head") == nil,
      let handle = FileHandle(forReadingAtPath: path)
    else { return true }
    // Nil at the end: an empty file is no ledger either.
    let bytes = Array((try? handle.read(upToCount: 72)) ?? Data())
    return bytes.starts(with: "SQLite format 3".utf8) || bytes.suffix(4).elementsEqual("RUNG".utf8)
  }
}
