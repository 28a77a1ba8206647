import Foundation
import PolicyGraph
import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingService

/// What a run has to know before it sends or takes up its providers' batches.
struct ProviderBatchDesk {
  let requests: BatchRequests
  let name: BatchName
  let caller: String
  let desk: DecisionDesk
  let service: RequestService
  let journal: ProviderJournal
  let reader: LedgerReader
  /// Where the ledger is, for messages.
  let ledger: String

  /// Rows whose call is in a batch nobody has gone on with, and how often each was asked.
  ///
  /// What was about to be set aside when a run died, and never sent, is given back first; what calls
  /// were being made for after its batch is lost. Refuses to go on with another ledger, under another
  /// policy, with other requests, or as another caller than those that were sent.
  func takeUp() async throws(CommandFailure) -> [RequestID: Int] {
    let unfinished = journal.unfinished
    guard !unfinished.isEmpty else { return [:] }
    for group in unfinished { try checkVersion(of: group) }
    try checkLedger()
    for group in unfinished where group.turnedAway == nil || group.isGivenBack {
      try await giveBack(group)
    }
    var items: [[UInt8]: BatchItem] = [:]
    for item in requests.items { items[Array(item.customID.utf8)] = item }
    var underWay: [RequestID: Int] = [:]
    var problems: [String] = []
    for group in journal.unfinished {
      for sent in group.placed where service.isOpen(sent.mark) {
        guard let item = items[Array(sent.customID.utf8)] else {
          problems.append(
            "`\(Terminal.harmless(String(sent.customID.prefix(80))))` is in a provider's batch, and "
              + "\(requests.path) does not have it")
          continue
        }
        guard item.digest(asking: caller) == sent.request else {
          problems.append(
            "\(item.file.name): `\(item.shownID)` is \(difference(from: group)) than the one that is in "
              + "a provider's batch")
          continue
        }
        underWay[sent.mark.id] = sent.asked
      }
    }
    guard problems.isEmpty else { throw CommandFailure(BatchRequests.list(problems)) }
    for group in journal.unfinished {
      for sent in group.placed where group.calling.contains(sent.mark.id) {
        underWay[sent.mark.id] = nil
        do throws(RequestFailure) {
          try await service.lose(sent.mark)
        } catch {
          throw CommandFailure("\(error)", exit: .couldNotRun)
        }
      }
    }
    return underWay
  }

  /// What a batch was decided by judges its answers and prices them.
  private func checkVersion(of group: ProviderGroup) throws(CommandFailure) {
    let (policy, catalog) = service.fingerprints
    var changed: [String] = []
    for (word, then, now) in [
      ("policy", group.policy, policy), ("catalog", group.catalog, catalog),
    ] where then != now {
      changed.append("\(word) \(then.prefix(12)), which is \(now.prefix(12)) now")
    }
    guard !changed.isEmpty else { return }
    let sent = group.items.first.map { " on " + Self.day($0.mark.time) } ?? ""
    throw CommandFailure(
      "`\(journal.path)` names a batch that was set aside\(sent) under the "
        + changed.joined(separator: ", and under the ")
        + ": its answers are judged and paid by what it was sent under, so bring that back for this run"
    )
  }

  /// As `2026-11-22T07:45:00Z`.
  private static func day(_ time: Timestamp) -> String {
    Date(timeIntervalSince1970: Double(time.milliseconds) / 1000).formatted(.iso8601)
  }

  /// Whether the request or who asks it is another one; a journal of an earlier version does not tell.
  private func difference(from group: ProviderGroup) -> String {
    switch group.caller {
    case nil: "another request, or another caller's,"
    case caller: "another request"
    case .some:
      "another caller's (another of --tenant, --user, --key, --conversation or --fact)"
    }
  }

  /// A ledger that knows nothing of what was set aside is not the one it was set aside in.
  private func checkLedger() throws(CommandFailure) {
    for group in journal.unfinished where !group.isGivenBack {
      for sent in group.placed where !service.isOpen(sent.mark) {
        let rows = try reading { () throws(LedgerFailure) in
          try reader.rows(named: sent.mark.id.description, limit: 1)
        }
        guard rows.isEmpty else { continue }
        throw CommandFailure(
          "`\(ledger)` knows nothing of row \(sent.mark.id), which `\(journal.path)` says was set "
            + "aside for `\(Terminal.harmless(String(sent.customID.prefix(80))))`: name the ledger of "
            + "the run that sent it with --ledger")
      }
    }
  }

  private func giveBack(_ group: ProviderGroup) async throws(CommandFailure) {
    guard let any = requests.items.first else { return }
    // All items have one caller, whose keys they are.
    var asked = AskedRequest(request: any.file.request, input: try desk.input(for: any.file))
    for item in group.items {
      asked.idempotencyKey = name.key(of: item.customID, asked: item.asked)
      do throws(RequestFailure) {
        try await service.giveBack(asked, placed: item.mark)
      } catch {
        throw CommandFailure("\(error)", exit: .couldNotRun)
      }
    }
    try journal.keep(.over(group: group.name))
  }

  /// Which items go by a batch, and which are asked one by one; the latter only where nothing is called
  /// for them, or that is wanted.
  ///
  /// Names the others, the first ten and how many more. Nothing is set aside yet.
  func split(
    _ asks: [BatchPlan.Ask], askingRest: Bool
  ) async throws(CommandFailure) -> (batched: [ProviderBatches.Candidate], alone: [BatchPlan.Ask]) {
    var batched: [ProviderBatches.Candidate] = []
    var alone: [BatchPlan.Ask] = []
    var problems: [String] = []
    for ask in asks {
      var input = try desk.input(for: ask.item.file)
      input.moment = try desk.now()
      let asked = AskedRequest(
        request: ask.item.file.request, input: input, idempotencyKey: ask.key)
      do throws(PlaceProblem) {
        batched.append(
          ProviderBatches.Candidate(ask: ask, request: try await service.placeable(asked)))
      } catch {
        var ask = ask
        ask.mayCall = askingRest
        alone.append(ask)
        if error != .needsNoCall {
          problems.append(
            "\(ask.item.file.name): `\(ask.item.shownID)` cannot go by its provider's batch: \(error)"
          )
        }
      }
    }
    guard problems.isEmpty || askingRest else {
      throw CommandFailure(
        BatchRequests.list(problems)
          + "\n--ask-rest asks them one by one, at full price; nothing was called")
    }
    if !problems.isEmpty {
      Terminal.error(
        BatchRequests.list(problems)
          + "\nnote: asked one by one, at full price: \(problems.count) of "
          + "\(asks.count)")
    }
    return (batched, alone)
  }
}
