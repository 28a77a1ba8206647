import RoutingBudgets
import RoutingCalls
import RoutingService

/// The requests that go to one provider in one batch, and how far that has come.
struct ProviderGroup: Sendable {
  /// Ours: it stands in the batch's metadata and in the name of its file.
  let name: String
  let place: BatchPlace
  /// What decided its requests.
  let policy: String
  let catalog: String
  /// Who asks, as a digest; nil in a journal of an earlier version.
  let caller: String?
  var items: [Item] = []
  /// Those of its requests that were turned away before it was sent; nil until all are on record.
  var turnedAway: Set<RequestID>?
  /// The provider's names of the files that were given to it: more than one if a name was lost.
  var files: [String] = []
  /// When the batch was asked for the last time; nil if it never was.
  var askedFor: Timestamp?
  /// The provider's name of it.
  var batch: String?
  /// Rows for which calls were made after the batch, or were about to be.
  var calling: Set<RequestID> = []
  /// Whether what was set aside for it is being given back: it was never sent, and never will be.
  var isGivenBack = false
  /// Whether every request of it has its row and its line.
  var isOver = false

  struct Item: Sendable {
    let customID: String
    /// What tells another request under the same name.
    let request: String
    /// Which asking of the item it is.
    let asked: Int
    let mark: PlacedMark
  }

  /// What is in the batch; empty until all are on record.
  var placed: [Item] {
    guard let turnedAway else { return [] }
    return items.filter { !turnedAway.contains($0.mark.id) }
  }
}

/// One step of a batch: what is about to be done, or was done.
enum ProviderStep: Sendable {
  /// Its requests are about to be set aside, one by one.
  case placing(ProviderGroup)
  /// All are set aside but these.
  case placed(group: String, without: [RequestID])
  case uploaded(group: String, file: String)
  /// The batch is about to be asked for.
  case creating(group: String, at: Timestamp)
  case created(group: String, batch: String)
  /// Calls are about to follow what the batch brought for a row.
  case calling(group: String, row: RequestID)
  /// It will not be sent: what was set aside is about to be given back.
  case givingBack(group: String)
  case over(group: String)
}

extension [ProviderGroup] {
  /// Takes in a step; false for one of a group nobody knows.
  mutating func take(_ step: ProviderStep) -> Bool {
    switch step {
    case .placing(let group):
      append(group)
      return true
    case .placed(let name, let without): return change(name) { $0.turnedAway = Set(without) }
    case .uploaded(let name, let file): return change(name) { $0.files.append(file) }
    case .creating(let name, let time): return change(name) { $0.askedFor = time }
    case .created(let name, let batch): return change(name) { $0.batch = batch }
    case .calling(let name, let row): return change(name) { $0.calling.insert(row) }
    case .givingBack(let name): return change(name) { $0.isGivenBack = true }
    case .over(let name): return change(name) { $0.isOver = true }
    }
  }

  private mutating func change(_ name: String, _ body: (inout ProviderGroup) -> Void) -> Bool {
    guard let place = lastIndex(where: { $0.name == name }) else { return false }
    body(&self[place])
    return true
  }
}
