import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingService
import Synchronization

/// Takes requests through their providers' batches: sets aside, sends, waits and goes on with what came
/// back.
///
/// Every step is in the journal before it is done, so that whoever comes after a crash takes up the same
/// batch. What may be spent is on record before a batch is asked for.
actor ProviderBatches {
  struct Settings: Sendable {
    /// Between two looks at a batch, in nanoseconds.
    var pause: Int64 = 30_000_000_000
    /// How many answers are gone on with at a time.
    var atOnce = 8
    /// What one batch may hold: OpenAI takes 50,000 requests and 200 MB.
    var mostItems = 50_000
    var mostBytes = 100 << 20
    /// How often a call is made that failed in passing, before the run ends.
    var tries = 6
    /// The first wait after a failure in nanoseconds; each later one is twice as long.
    var wait: Int64 = 1_000_000_000
    /// How long after a batch was asked for a provider may take to list it, in milliseconds.
    var settling: Int64 = 10_000
    /// Who asks, as a digest.
    var caller = ""
  }

  /// An item to be placed.
  struct Candidate: Sendable {
    let ask: BatchPlan.Ask
    let request: PlaceableRequest
  }

  let run: BatchRun
  let journal: ProviderJournal
  let settings: Settings
  let clock: @Sendable () -> Timestamp
  private let random: @Sendable () -> (UInt64, UInt64)
  /// Of the items that are placed: what they were asked as, and their place in the purse.
  private(set) var placed: [RequestID: (ask: BatchPlan.Ask, index: Int)] = [:]
  private var nextIndex: Int
  /// How far the batches have come, for a line of progress.
  private let shown = Mutex("")
  /// Whether an item was left because of what the batch may cost.
  private(set) var isOutOfMoney = false
  /// Batches this run does nothing more with, by their names, and why; the others go on.
  private var left: [String: String] = [:]
  /// Why, in the order it happened, each said once.
  private var problems: [String] = []
  /// How often each was looked at without coming to anything.
  private var idle: [String: Int] = [:]

  var service: RequestService { run.service }

  /// `firstIndex` is above those of the items that are asked one by one.
  init(
    _ run: BatchRun, _ journal: ProviderJournal, _ settings: Settings, firstIndex: Int,
    clock: @escaping @Sendable () -> Timestamp,
    random: @escaping @Sendable () -> (UInt64, UInt64)
  ) {
    self.run = run
    self.journal = journal
    self.settings = settings
    self.clock = clock
    self.random = random
    nextIndex = firstIndex
  }

  nonisolated var progress: String { shown.withLock { $0 } }

  func show(_ words: String) { shown.withLock { $0 = words } }

  /// Sends what was not sent yet, and the candidates.
  ///
  /// What goes wrong here and later is why the run stops.
  func begin(_ candidates: [Candidate]) async {
    do throws(CommandFailure) {
      try await send()
      guard run.goesOn else { return }
      try await place(candidates)
      try await send()
    } catch {
      run.stop(because: .failure(error))
    }
  }

  /// Takes the answers of all that was sent.
  func finish() async {
    do throws(CommandFailure) {
      try await follow()
      try await run.sync()
    } catch {
      run.stop(because: .failure(error))
    }
    tellProblems()
    if isOutOfMoney { run.stop(because: .outOfMoney) }
  }

  /// Leaves what was sent to another run.
  func leave() {
    tellProblems()
    if !journal.unfinished.isEmpty { run.stop(because: .atProviders) }
    if isOutOfMoney { run.stop(because: .outOfMoney) }
  }

  // MARK: What is left to another run

  /// Batches there is something to do for.
  var waiting: [ProviderGroup] { journal.unfinished.filter { left[$0.name] == nil } }

  /// Leaves a batch to another run; those of other providers go on.
  func leave(_ group: ProviderGroup, because problem: String) {
    left[group.name] = problem
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// Counts a look that came to nothing; true once there were enough of them.
  func isTooOften(_ group: ProviderGroup) -> Bool {
    idle[group.name, default: 0] += 1
    return idle[group.name, default: 0] >= settings.tries
  }

  /// The last look came to something.
  func isLively(_ group: ProviderGroup) { idle[group.name] = nil }

  private func tellProblems() {
    guard !problems.isEmpty else { return }
    run.stop(
      because: .failure(CommandFailure(BatchRequests.list(problems), exit: .couldNotRun)))
  }

  // MARK: Going on

  /// Counts what earlier runs have placed.
  func resume(_ asks: [RequestID: BatchPlan.Ask]) {
    for group in journal.unfinished {
      for item in group.placed {
        guard let ask = asks[item.mark.id] else { continue }
        run.purse?.hold(nextIndex, item.mark.most)
        add(ask, item.mark.id)
      }
    }
  }

  private func add(_ ask: BatchPlan.Ask, _ id: RequestID) {
    placed[id] = (ask, nextIndex)
    nextIndex += 1
  }

  // MARK: Placing

  /// Sets aside what the items may cost and puts them into batches, which are on record and not sent yet.
  ///
  /// An item that does not fit under what the batch may cost is left; one that a budget has no room for
  /// gets its line.
  func place(_ candidates: [Candidate]) async throws(CommandFailure) {
    var affordable: [Candidate] = []
    var indices: [RequestID: Int] = [:]
    for candidate in candidates {
      let index = nextIndex
      nextIndex += 1
      if let purse = run.purse, !purse.take(index, candidate.request.mark.most) {
        isOutOfMoney = true
        continue
      }
      indices[candidate.request.mark.id] = index
      affordable.append(candidate)
    }
    let left = candidates.count - affordable.count
    if left > 0 {
      Terminal.error(
        "note: \(left) of \(Amounts.count(candidates.count, "request")) "
          + "\(left == 1 ? "does" : "do") not fit under --max-cost now")
    }
    for var group in groups(of: affordable) {
      if !run.goesOn { return }
      let members = group.members
      group.group.items = members.map { member in
        ProviderGroup.Item(
          customID: member.ask.item.customID, request: member.ask.request,
          asked: member.ask.asked, mark: member.request.mark)
      }
      try journal.keep(.placing(group.group))
      let turnedAway = try await setAside(members, indices)
      try journal.keep(.placed(group: group.group.name, without: turnedAway))
      if turnedAway.count == members.count { try journal.keep(.over(group: group.group.name)) }
    }
  }

  /// Those that were not set aside; they have their lines.
  private func setAside(
    _ members: [Candidate], _ indices: [RequestID: Int]
  ) async throws(CommandFailure) -> [RequestID] {
    let service = service
    var turnedAway: [RequestID] = []
    var failure: CommandFailure?
    // In slices, so that many share a commit and no more wait at once than can be told.
    for start in stride(from: 0, to: members.count, by: 256) where failure == nil {
      let slice = Array(members[start..<min(start + 256, members.count)])
      let results = await withTaskGroup(
        of: (Int, Result<Placing, RequestFailure>).self
      ) { group in
        for (place, member) in slice.enumerated() {
          group.addTask {
            do throws(RequestFailure) {
              return (
                place,
                .success(try await service.place(member.request, lasting: Self.lasting))
              )
            } catch {
              return (place, .failure(error))
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      for (place, result) in results {
        let (ask, id) = (slice[place].ask, slice[place].request.mark.id)
        switch result {
        case .success(.placed): placed[id] = (ask, indices[id] ?? -1)
        case .success(.over(let outcome)):
          turnedAway.append(id)
          run.settle(outcome, indices[id] ?? -1)
          try await run.write(outcome, ask)
        case .failure(let problem):
          failure = CommandFailure("\(problem.description)", exit: .couldNotRun)
        }
      }
    }
    if let failure { throw failure }
    return turnedAway
  }

  /// A day for the batch, and a week for whoever takes its answers.
  static let lasting = Milliseconds(8 * 86_400_000)

  /// By provider and model, in the order of the requests, none larger than a provider takes.
  private func groups(of candidates: [Candidate]) -> [(
    group: ProviderGroup, members: [Candidate]
  )] {
    var order: [BatchPlace] = []
    var byPlace: [BatchPlace: [Candidate]] = [:]
    for candidate in candidates {
      let place = candidate.request.call.place
      if byPlace[place] == nil { order.append(place) }
      byPlace[place, default: []].append(candidate)
    }
    var groups: [(ProviderGroup, [Candidate])] = []
    for place in order {
      var members: [Candidate] = []
      var bytes = 0
      for candidate in byPlace[place] ?? [] {
        // The line adds its name and a few words to the body.
        let size = candidate.request.call.body.count + 128
        if members.count == settings.mostItems || (bytes + size > settings.mostBytes && bytes > 0) {
          groups.append((newGroup(place), members))
          members = []
          bytes = 0
        }
        members.append(candidate)
        bytes += size
      }
      if !members.isEmpty { groups.append((newGroup(place), members)) }
    }
    return groups.map { (group: $0.0, members: $0.1) }
  }

  private func newGroup(_ place: BatchPlace) -> ProviderGroup {
    let (policy, catalog) = service.fingerprints
    return ProviderGroup(
      name: RequestID(at: clock(), random: random()).description, place: place, policy: policy,
      catalog: catalog, caller: settings.caller)
  }

  // MARK: Giving back

  /// Gives back what was set aside for a group that was never sent.
  func giveBack(_ group: ProviderGroup) async throws(CommandFailure) {
    try journal.keep(.givingBack(group: group.name))
    for item in group.placed {
      guard let (ask, index) = placed[item.mark.id] else { continue }
      let asked = try run.asked(ask)
      do throws(RequestFailure) {
        try await service.giveBack(asked, placed: item.mark)
      } catch {
        throw CommandFailure("\(error)", exit: .couldNotRun)
      }
      run.purse?.settle(index, .zero)
      placed[item.mark.id] = nil
    }
    try journal.keep(.over(group: group.name))
  }
}
