import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits

/// Changes a request so that its cells become those of an assignment, and nothing else with them.
///
/// What comes out is not to be believed: it is read again before anyone sees it.
struct RequestEdit {
  let own: OwnRequest
  let aim: DiagramModel
  let changed: Set<String>
  let regions: RegionSpace
  private let policy: CheckedPolicy

  init(_ own: OwnRequest, _ aim: DiagramModel, _ changed: Set<String>, _ regions: RegionSpace) {
    self.own = own
    self.aim = aim
    self.changed = changed
    self.regions = regions
    policy = regions.graphs[0].policy
  }

  /// The likeliest first.
  var requests: [RequestInput] {
    let differs = regions.space.variables.indices.filter {
      aim[$0] != own.cells[$0] && !own.fields[$0].isEmpty
    }
    var input = own.input
    let draft = draft(of: differs.filter { !regions.space.variables[$0].field.isOfTexts })
    for level in differs {
      guard let cell = aim[level] else { continue }
      set(level, regions.space.variables[level].cells[cell], draft, &input)
    }
    setTools(differs, draft, &input)
    setMoment(differs, &input)
    guard differs.contains(where: { regions.space.variables[$0].field.isOfTexts }) else {
      return [input]
    }
    return texts(input)
  }

  /// A request with some of the cells, for the names it chooses.
  private func draft(of levels: [Int]) -> RequestDraft {
    var model = DiagramModel(cells: Array(repeating: -1, count: aim.cells.count))
    for level in levels { model.cells[level] = aim.cells[level] }
    return (try? regions.witnesses.builder.request(of: model)) ?? RequestDraft()
  }

  private func set(
    _ level: Int, _ cell: FieldCell, _ draft: RequestDraft, _ input: inout RequestInput
  ) {
    let number = number(level, cell)
    switch regions.space.variables[level].field {
    case .stream: input.stream = cell == .yes
    case .healthy(let name):
      guard let index = policy.vocabulary.models.firstIndex(where: { $0.name == name }) else {
        break
      }
      if cell == .yes { input.state.unhealthy.remove(ModelID(index)) }
      if cell == .no { input.state.unhealthy.insert(ModelID(index)) }
    case .format: input.format = draft.format
    case .maxTokens: input.maxTokens = number.flatMap { $0 == .max ? nil : $0 }
    case .temperature: input.temperature = number
    case .images: input.imageCount = min(20_000, Int(clamping: number ?? 0))
    case .budgetUsed(let name):
      guard let index = policy.budgets.firstIndex(where: { $0.name == name }) else { break }
      input.state.budgetUse[BudgetID(index)] = number
    case .model: input.model = draft.model ?? "auto"
    case .identity(.tenant):
      if changed.contains("tenant") {
        input.tenant = draft.identities[.tenant]
      } else if regions.space.level(of: .identity(.key)) == nil {
        // A tenant nobody named is the key.
        input.key = draft.identities[.tenant]
      }
    case .identity(.key): input.key = draft.identities[.key]
    case .identity(.user): input.user = draft.identities[.user]
    case .identity(.conversation): input.conversation = draft.identities[.conversation]
    case .fact(let name): setFact(name, number.map(RequestDraft.Value.count), draft, &input)
    case .classifier(let name):
      guard let index = policy.classifiers.firstIndex(where: { $0.name == name }),
        case .label(let label) = cell
      else { break }
      input.state.classifiers[ClassifierID(index)] = policy.classifiers[index].labels
        .firstIndex(of: label)
    // Set together with what they depend on.
    case .weekday, .hour, .date, .tool, .tools, .messages, .turn, .language, .chars, .tokens,
      .lines, .text:
      break
    }
  }

  /// The number of a cell that is nearest to the request's own.
  func number(_ level: Int, _ cell: FieldCell) -> Int64? {
    guard case .number(let number)? = own.values[level] else { return nil }
    return cell.number(nearest: number)
  }

  private func setFact(
    _ name: String, _ count: RequestDraft.Value?, _ draft: RequestDraft,
    _ input: inout RequestInput
  ) {
    guard let fact = policy.facts.first(where: { $0.name == name }) else { return }
    // What the draft leaves out has its default.
    let value = count ?? draft.facts[name]
    switch fact.origin {
    case .metadata: input.metadata[name] = value?.given
    case .key: input.keyFacts[name] = value?.given
    case .header(let header): input.headers[header] = value?.header
    }
  }

  private func setTools(
    _ differs: [Int], _ draft: RequestDraft, _ input: inout RequestInput
  ) {
    var tested: Set<String> = []
    for level in regions.space.variables.indices {
      guard case .tool(let tool) = regions.space.variables[level].field else { continue }
      let name = tool.text
      tested.insert(name)
      guard differs.contains(level) else { continue }
      input.toolNames.removeAll { $0.utf8.elementsEqual(name.utf8) }
      if aim[level] == 1 { input.toolNames.append(name) }
    }
    guard let level = regions.space.level(of: .tools), let cell = aim[level] else { return }
    let count = number(level, regions.space.variables[level].cells[cell])
    guard differs.contains(level), let count, count <= RequestBuilder.mostItems else { return }
    while input.toolNames.count > count,
      let spare = input.toolNames.lastIndex(where: { !tested.contains($0) })
    {
      input.toolNames.remove(at: spare)
    }
    var number = 1
    while input.toolNames.count < count {
      let name = "tool_\(number)"
      number += 1
      if !tested.contains(name), !input.toolNames.contains(name) { input.toolNames.append(name) }
    }
  }

  private func setMoment(_ differs: [Int], _ input: inout RequestInput) {
    let space = regions.space
    var hour = input.moment.hour
    var day = input.moment.date.daysSince1970
    var isChanged = false
    for level in differs {
      guard let index = aim[level] else { continue }
      let cell = space.variables[level].cells[index]
      let field = space.variables[level].field
      if field == .hour { hour = Int(clamping: cell.number(nearest: Int64(hour)) ?? Int64(hour)) }
      if field == .date { day = cell.number(nearest: day) ?? day }
      isChanged = isChanged || [.hour, .date, .weekday].contains(field)
    }
    guard isChanged else { return }
    if case .label(let label)? = space.cell(of: .weekday, in: aim) {
      let dates = space.cell(of: .date, in: aim)
      let near = (0..<7).flatMap { [day + Int64($0), day - Int64($0)] }
      day =
        near.first {
          Weekday.allCases[Weekday.index(ofDay: $0)].rawValue == label
            && dates?.holds($0) ?? true
        } ?? day
    }
    var draft = RequestDraft()
    draft.day = day
    let hours = space.cell(of: .hour, in: aim)
    // An hour that clocks go past is nobody's.
    draft.hour =
      (hour..<24).first {
        regions.graphs[0].policy.shows($0, on: draft.moment.date)
          && hours?.holds(Int64($0)) ?? true
      } ?? hour
    input.moment = draft.moment
  }
}
