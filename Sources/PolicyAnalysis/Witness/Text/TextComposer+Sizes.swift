import PolicySemantics

/// Filling the texts of a request up to the sizes wanted.
extension TextComposer {
  func pad(
    _ texts: inout [TextPart: [UInt8]], _ attempt: Attempt
  ) throws(RequestBuilder.Failure) {
    let demand = attempt.demand
    guard demand.hasSizes else { return }
    for part in Self.parts where part != .question {
      try pad(part, withPrompt: false, &texts, attempt)
    }
    let before = texts
    var missed: RequestBuilder.Failure?
    // The prompt is filled up in the question, or else in what stands before it.
    for part in [TextPart.question, .context, .system] {
      texts = before
      do throws(RequestBuilder.Failure) {
        if part != .question { try pad(.question, withPrompt: false, &texts, attempt) }
        try pad(part, withPrompt: true, &texts, attempt)
        return
      } catch {
        missed = missed ?? error
      }
    }
    if let missed { throw missed }
  }

  func pad(
    _ part: TextPart, withPrompt: Bool, _ texts: inout [TextPart: [UInt8]], _ attempt: Attempt
  ) throws(RequestBuilder.Failure) {
    let demand = attempt.demand
    var boxes = [TextPadding.Wanted(part: part, box: demand.size(of: part))]
    if withPrompt { boxes.append(.init(part: .prompt, box: demand.size(of: .prompt))) }
    let (base, others) = (texts[part] ?? [], texts)
    let task = TextPadding.Task(
      base: base, fillers: fillers(part, attempt), boxes: boxes,
      whole: { text in
        var all = others
        all[part] = text
        return self.joined(all, attempt)
      },
      isSound: { text in
        self.isSound(text, part, attempt)
          && (part != .question || (demand.language?.isMet(by: text) ?? true))
      })
    guard let padded = padding.padded(task) else {
      throw failure(demand.levels(around: part))
    }
    if !padded.isEmpty || texts[part] != nil { texts[part] = padded }
  }

  func fits(_ text: [UInt8], _ box: SizeBox) -> Bool { padding.fits(text, box) }
}
