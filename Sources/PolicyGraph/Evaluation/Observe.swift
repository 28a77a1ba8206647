import PolicySemantics
import TextPatterns

extension DecisionGraph {
  /// What a test that was just evaluated read.
  func observe(
    _ at: UInt32, _ truth: Truth, _ facts: inout RequestFacts, _ scratch: borrowing Scratch
  ) -> ObservedTest {
    let index = Int(parts.nodes[Int(at)].operand)
    return ObservedTest(
      node: NodeID(Int(at)), atom: AtomID(index), truth: truth,
      observed: observed(parts.atoms[index], parts.tests[index], &facts, scratch))
  }

  private func observed(
    _ atom: Atom, _ test: RequestTest, _ facts: inout RequestFacts, _ scratch: borrowing Scratch
  ) -> ObservedValue {
    switch test {
    case .flag:
      return .flag(facts.values[Int(atom.source)] != 0)
    case .label(.task, _):
      return observedTask(scratch)
    case .label:
      let label = facts.values[Int(atom.source)]
      return .label(label == SlotValue.unread ? nil : Int(label))
    case .number(.points, _, _):
      let found = scratch.points[Int(atom.source)]
      return found.low == found.high
        ? .number(found.low) : .points(low: found.low, high: found.high)
    case .number:
      return .number(late(Int(atom.source), &facts) ?? SlotValue.unread)
    case .name(let field, _):
      return .name(name(of: field, &facts))
    case .text(let part, _):
      return .text(part, match: match(atom, part, &facts))
    case .offersTool:
      return .tools(facts.toolNames)
    }
  }

  private func observedTask(_ scratch: borrowing Scratch) -> ObservedValue {
    if parts.tasksRoot == nil { return .label(parts.lastTask) }
    guard scratch.task.isOpen else { return .label(scratch.task.only) }
    var open: [TaskID] = []
    for task in policy.tasks.indices
    where scratch.task.open[task / 64] >> UInt64(task % 64) & 1 == 1 {
      open.append(TaskID(task))
    }
    return .openTasks(open)
  }

  private func name(of field: NameField, _ facts: inout RequestFacts) -> String? {
    switch field {
    case .model: facts.identities.model
    case .language: language(of: &facts)
    case .identity(let identity): facts.identities[identity]
    case .fact(let id): facts.factTexts[id.index]
    }
  }

  private func match(
    _ atom: Atom, _ part: TextPart, _ facts: inout RequestFacts
  ) -> TextMatch? {
    let place = Int(atom.source)
    let test = Int(atom.operand)
    guard !facts.scans.isEmpty, facts.scans[place].holds(test) else { return nil }
    if let recorded = facts.recorded {
      return TextMatch(range: nil, member: recorded.member(of: test, in: place))
    }
    let bytes = facts.texts.bytes(of: part)
    guard let set = parts.scans.sets[place] else { return nil }
    let kind = parts.scans.kinds[place][test]
    let members = set.foundMembers(
      in: bytes.span, mentions: kind == .mentions, contains: kind == .contains)
    return TextMatch(
      range: try? set.firstMatch(of: test, in: bytes.span),
      member: members[test] < 0 ? nil : Int(members[test]))
  }
}
