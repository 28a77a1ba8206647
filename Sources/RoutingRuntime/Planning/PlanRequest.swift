import PolicyGraph
package import PolicySemantics

/// What planning reads of a request, as a few small values.
package struct PlanRequest: Sendable {
  package var measure: InputMeasure
  package var maxTokens: Int64?
  /// Answers asked for: a provider may bill the prompt and the longest answer for each.
  package var choices: Int64 = 1
  package var needs: Abilities
  package var hasImages: Bool
  /// The model the caller named.
  package var name: String
  package var hasUser: Bool
  package var hasConversation: Bool
  package var lastModel: ModelID?

  /// A request of which only sizes and needs are known.
  package init(_ sizes: GivenSizes, needs: Abilities, name: String) {
    measure = InputMeasure(given: sizes)
    self.needs = needs
    hasImages = needs.contains(.images)
    self.name = name
    hasUser = false
    hasConversation = false
  }

  /// `sizes` are those of the request, where it was measured already.
  package init(
    _ request: borrowing some PlannableRequest, measured sizes: RecordedSizes? = nil,
    dropsTools: Bool
  ) {
    measure =
      if let sizes {
        InputMeasure(recorded: sizes, dropsTools: dropsTools)
      } else {
        request.measure(dropsTools: dropsTools)
      }
    maxTokens = request.maxTokens
    choices = max(1, request.choices)
    hasImages = request.hasImages
    name = request.model
    hasUser = request.hasUser
    hasConversation = request.hasConversation
    lastModel = request.lastModel
    needs = []
    if request.hasTools, !dropsTools { needs.insert(.tools) }
    if hasImages { needs.insert(.images) }
    switch request.format {
    case .text: break
    case .json: needs.insert(.json)
    case .jsonSchema: needs.insert(.jsonSchema)
    }
  }
}

/// How often answers pass, and how long they are, from a named source.
package struct Expectations: Sendable {
  /// Of a model's answers, the share its gates accept; wins over the catalog.
  package var acceptance: [ModelID: Acceptance] = [:]
  /// Output tokens of an ordinary answer, an assumption to be shown with the figure.
  package var output: Int64
  /// Tokens of the prompt where somebody counted them; nil for what is estimated of its text.
  package var input: Int64?
  /// How much of the prompt one model had in its cache, where somebody counted it; no other had any of it.
  package var cached: (model: ModelID, tokens: Int64)?
  /// Tokens of all answers together where somebody counted them; nil for ``output`` of each.
  package var answers: Int64?

  /// What published accounts count for an ordinary answer.
  package static let ordinaryOutput: Int64 = 300

  package init(
    acceptance: [ModelID: Acceptance] = [:], input: Int64? = nil,
    output: Int64 = Self.ordinaryOutput
  ) {
    self.acceptance = acceptance
    self.input = input
    self.output = max(0, output)
  }
}
