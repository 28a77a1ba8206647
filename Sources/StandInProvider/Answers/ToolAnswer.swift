/// The tool a model calls: the one the caller demands, or the first whose name the question speaks of.
///
/// After the result of a tool the model answers in words.
struct ToolAnswer {
  let calls: [Completion.ToolCall]

  init(_ call: ChatCall) {
    let answersResult = call.messages.last?.role == "tool"
    guard !answersResult, let tool = Self.tool(for: call) else {
      calls = []
      return
    }
    let arguments =
      tool.parameters.map { SchemaAnswer(for: call.question).json($0) } ?? "{}"
    calls = [Completion.ToolCall(name: tool.name, arguments: arguments)]
  }

  private static func tool(for call: ChatCall) -> ChatCall.Tool? {
    switch call.toolChoice {
    case .never: return nil
    case .named(let name): return call.tools.first { $0.name == name }
    case .some: return call.tools.first { speaks(call.question, of: $0) } ?? call.tools.first
    case .auto: return call.tools.first { speaks(call.question, of: $0) }
    }
  }

  private static func speaks(_ question: String, of tool: ChatCall.Tool) -> Bool {
    let lowered = question.lowercased()
    return tool.name.lowercased().split(whereSeparator: { !$0.isLetter })
      .contains { $0.count > 3 && lowered.contains($0) }
  }
}
