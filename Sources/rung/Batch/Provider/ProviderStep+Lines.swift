import JSONReading
import JSONWriting
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingService
import ZoneClock

extension ProviderStep {
  /// As lines of the journal, each with its newline; a group has one for each of its items.
  var lines: [UInt8] {
    switch self {
    case .placing(let group):
      let items = group.items.flatMap { item in
        Self.line("item", group.name) { item.write(to: &$0) }
      }
      return items
        + Self.line("placing", group.name) { json in
          json.member("version", 1)
          json.member("provider", group.place.provider)
          json.member("upstream", group.place.upstream)
          json.member("region", orNull: group.place.region)
          json.member("model", group.place.model)
          json.member("policy", group.policy)
          json.member("catalog", group.catalog)
          json.member("caller", orNull: group.caller)
          json.member("items", group.items.count)
        }
    case .placed(let group, let without):
      return Self.line("placed", group) { json in
        json.array("without") { json in
          for row in without { json.string(row.description) }
        }
      }
    case .uploaded(let group, let file):
      return Self.line("uploaded", group) { $0.member("file", file) }
    case .creating(let group, let time):
      return Self.line("creating", group) { $0.member("time", time.milliseconds) }
    case .created(let group, let batch):
      return Self.line("created", group) { $0.member("batch", batch) }
    case .calling(let group, let row):
      return Self.line("calling", group) { $0.member("row", row.description) }
    case .givingBack(let group): return Self.line("giving_back", group) { _ in }
    case .over(let group): return Self.line("over", group) { _ in }
    }
  }

  /// The first line of a journal: whose it is, wherever it lies.
  static func head(of batch: BatchName) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("step", "batch")
      json.member("name", batch.digest)
    }
    return json.bytes + [0x0A]
  }

  private static func line(
    _ word: String, _ group: String, _ members: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("step", word)
      json.member("group", group)
      members(&json)
    }
    return json.bytes + [0x0A]
  }
}

/// Reads the lines of a journal in their order.
struct ProviderStepReader {
  /// Items whose group has not begun yet.
  private var items: [String: [ProviderGroup.Item]] = [:]
  private(set) var groups: [ProviderGroup] = []
  /// Whose journal it is; nil in one without a first line that says so.
  private(set) var batch: BatchName?

  /// Takes in a whole line; false for what is none of ours.
  mutating func read(_ bytes: [UInt8]) -> Bool {
    guard let root = try? JSONText(bytes).root, let word = root["step"]?.string else {
      return false
    }
    if word == "batch" {
      guard batch == nil, groups.isEmpty, items.isEmpty, let name = root["name"]?.string else {
        return false
      }
      batch = BatchName(digest: name)
      return true
    }
    guard let group = root["group"]?.string else { return false }
    switch word {
    case "item":
      guard let item = ProviderGroup.Item(root) else { return false }
      items[group, default: []].append(item)
      return true
    case "placing":
      let found = items.removeValue(forKey: group) ?? []
      guard root["version"]?.integer == 1, root["items"]?.integer == Int64(found.count),
        var begun = ProviderGroup(named: group, root)
      else { return false }
      begun.items = found
      return groups.take(.placing(begun))
    case "placed":
      let without = root["without"]?.elements.compactMap { $0.string.flatMap { RequestID($0) } }
      return without.map { groups.take(.placed(group: group, without: $0)) } ?? false
    case "uploaded":
      return root["file"]?.string.map { groups.take(.uploaded(group: group, file: $0)) } ?? false
    case "creating":
      return root["time"]?.integer.map {
        groups.take(.creating(group: group, at: Timestamp(milliseconds: $0)))
      } ?? false
    case "created":
      return root["batch"]?.string.map { groups.take(.created(group: group, batch: $0)) } ?? false
    case "calling":
      return root["row"]?.string.flatMap { RequestID($0) }.map {
        groups.take(.calling(group: group, row: $0))
      } ?? false
    case "giving_back": return groups.take(.givingBack(group: group))
    case "over": return groups.take(.over(group: group))
    case _: return false
    }
  }
}

extension ProviderGroup {
  fileprivate init?(named name: String, _ root: JSONValue) {
    guard let provider = root["provider"]?.string, let upstream = root["upstream"]?.string,
      let model = root["model"]?.string, let policy = root["policy"]?.string,
      let catalog = root["catalog"]?.string
    else { return nil }
    self.init(
      name: name,
      place: BatchPlace(
        provider: provider, upstream: upstream, region: root["region"]?.string, model: model),
      policy: policy, catalog: catalog, caller: root["caller"]?.string)
  }
}

extension ProviderGroup.Item {
  fileprivate func write(to json: inout JSONWriter) {
    json.member("custom_id", customID)
    json.member("request", request)
    json.member("asked", asked)
    json.member("row", mark.id.description)
    json.member("time", mark.time.milliseconds)
    json.member("day", mark.moment.date.daysSince1970)
    json.member("hour", mark.moment.hour)
    json.object("used") { json in
      for (budget, amount) in mark.used.sorted(by: { $0.key < $1.key }) {
        json.member(budget, amount)
      }
    }
    json.member("most", mark.most.nanos)
    json.member("provider", mark.place.provider)
    json.member("upstream", mark.place.upstream)
    json.member("region", orNull: mark.place.region)
    json.member("model", mark.place.model)
  }

  fileprivate init?(_ root: JSONValue) {
    guard let customID = root["custom_id"]?.string, let request = root["request"]?.string,
      let asked = root["asked"]?.integer, let row = root["row"]?.string.flatMap({ RequestID($0) }),
      let time = root["time"]?.integer, let day = root["day"]?.integer,
      let date = CalendarDate(daysSince1970: day), let hour = root["hour"]?.integer,
      let most = root["most"]?.integer, let provider = root["provider"]?.string,
      let upstream = root["upstream"]?.string, let model = root["model"]?.string
    else { return nil }
    var used: [String: Int64] = [:]
    if let members = root["used"]?.members {
      for (name, value) in members {
        guard let name = name.string, let amount = value.integer else { return nil }
        used[name] = amount
      }
    }
    let mark = PlacedMark(
      id: row, time: Timestamp(milliseconds: time), moment: LocalMoment(date, hour: Int(hour)),
      used: used,
      place: BatchPlace(
        provider: provider, upstream: upstream, region: root["region"]?.string, model: model),
      most: Money(nanos: most))
    self.init(customID: customID, request: request, asked: Int(clamping: asked), mark: mark)
  }
}
