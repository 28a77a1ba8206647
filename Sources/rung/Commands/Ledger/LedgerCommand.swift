import ArgumentParser

struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Read the ledger: what was asked, what it cost, and whether it is whole.",
    discussion: """
      The ledger is the file `rung run` writes: rung.ledger in the current folder, or what --ledger \
      or the variable RUNG_LEDGER names. Reading goes on beside a gateway that writes to it.

      EXAMPLES
        rung ledger tail --follow
        rung ledger show last
        rung ledger export --format csv -o october.csv --since 2026-10-01
        rung ledger import spend.json
        rung ledger verify
      """,
    subcommands: [
      LedgerTailCommand.self, LedgerShowCommand.self, LedgerExportCommand.self,
      LedgerImportCommand.self, LedgerVerifyCommand.self,
    ])
}
