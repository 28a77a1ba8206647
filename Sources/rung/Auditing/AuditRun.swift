import Foundation
import LedgerExchange
import PolicyCompiler
import PolicySemantics
import PolicyUnits
import PolicyWorkspace
import RoutingBudgets
import RoutingCatalog
import RoutingLedger
import TrafficAudit
import TrafficLog

/// Audits logs in one pass.
struct AuditRun: Sendable {
  let files: [LogFile]
  let options: AuditOptions
  /// Where the prices come from; nil if there are none.
  let priceSource: String?
  let readsTexts: Bool
  let taskMember: String?

  func audit() throws(CommandFailure) -> AuditResult {
    // Which of two is the repeat, which requests came together: the order says it.
    let read = try LogPass(files: files, needsOrder: true).read {
      Reading(
        log: SpendLog(readsTexts: readsTexts, taskMember: taskMember),
        audit: CurrencyAudits(options))
    }
    return AuditResult(
      paths: files.map(\.path), report: read.audit.report(read.log), priceSource: priceSource,
      problems: read.log.problems, problemCount: read.log.problemCount,
      unnamed: read.log.unnamed, misreadChoices: read.log.misreadChoices, since: options.since,
      against: options.against)
  }

  private struct Reading: LogReader {
    var log: SpendLog
    var audit: CurrencyAudits

    var isInOrder: Bool { log.isInOrder }

    mutating func take(_ piece: LogPiece) {
      Self.take(piece, &log, &audit)
    }

    private static func take(
      _ piece: LogPiece, _ log: inout SpendLog, _ audit: inout CurrencyAudits
    ) {
      log.read(piece) { row, log in audit.add(row, of: log) }
    }
  }
}

/// What came of an audit, for whoever prints it.
struct AuditResult: Sendable {
  let paths: [String]
  let report: AuditReport
  let priceSource: String?
  let problems: [LogProblem]
  let problemCount: Int
  let unnamed: Int64
  /// Rows whose `n` is no number of answers.
  let misreadChoices: Int64
  let since: Timestamp?
  let against: Timestamp?
}

extension AuditPrices {
  /// What a catalog says; a provider's name that two models share is none of theirs.
  init(_ catalog: Catalog) {
    var aliases: [String: Int] = [:]
    var shared: Set<String> = []
    for (place, model) in catalog.models.enumerated() {
      for name in Set(model.deployments.map(\.upstream))
      where aliases.updateValue(place, forKey: name) != nil {
        shared.insert(name)
      }
    }
    self.init(
      models: catalog.vocabulary.models.map {
        AuditPrices.Model(
          name: $0.name, prices: $0.prices, window: $0.window, maxOutput: $0.maxOutput)
      },
      aliases: aliases.filter { !shared.contains($0.key) }, shared: shared,
      currency: catalog.vocabulary.currency)
  }
}

extension LogFile {
  private var isLedger: Bool { Files.isLedger(path) }

  /// The catalog of the last policy this file keeps, if it is a ledger.
  var keptCatalog: Catalog? {
    guard isLedger, let reader = try? LedgerReader(path: path),
      let rows = try? reader.last(1), let name = rows.last?.entry.fingerprints.archive,
      let kept = try? reader.policy(name), let sources = try? PolicySources(archive: kept.bytes)
    else { return nil }
    return PolicyCompilation(sources).compiled?.catalog
  }
}
