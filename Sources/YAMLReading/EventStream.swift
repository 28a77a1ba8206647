import CYAML

/// libyaml behind a wall: bytes in, events out as plain values.
///
/// The only unsafe code of this module. The C parser keeps a pointer to itself once its input is
/// set, so it lives on the heap and never moves; it keeps a pointer to the input as well, so the
/// stream owns a copy of the bytes for as long as it lives.
@safe struct EventStream: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// Takes valid UTF-8 without a byte-order mark.
  ///
  /// Throws only if memory runs out.
  init(_ bytes: ArraySlice<UInt8>) throws(SyntaxProblem) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      unsafe parser.deallocate()
      throw .outOfMemory
    }
    let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
    _ = unsafe input.initialize(from: bytes)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    unsafe self.parser = parser
    unsafe self.input = input
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  /// The next event; after `streamEnd` or an error there is none worth asking for.
  func next() throws(SyntaxProblem) -> YAMLEvent {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem() }
    defer { unsafe yaml_event_delete(&event) }
    return unsafe Self.copy(event)
  }

  private func problem() -> SyntaxProblem {
    unsafe SyntaxProblem(
      message: Self.text(parser.pointee.problem) ?? "this cannot be read as YAML",
      offset: parser.pointee.problem_mark.index,
      context: Self.text(parser.pointee.context),
      contextOffset: parser.pointee.context_mark.index)
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe String(cString: pointer)
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe String(decodingCString: pointer, as: UTF8.self)
  }
}

extension EventStream {
  /// Copies what an event holds; scalars with their length, never up to the first NUL.
  private static func copy(_ event: yaml_event_t) -> YAMLEvent {
    let range = unsafe event.start_mark.index..<max(event.start_mark.index, event.end_mark.index)
    let kind: YAMLEvent.Kind
    var anchor: String?
    var tag: String?
    switch unsafe event.type {
    case YAML_DOCUMENT_START_EVENT:
      let tags = unsafe event.data.document_start.tag_directives
      kind = unsafe .documentStart(hasTagDirectives: tags.start != tags.end)
    case YAML_ALIAS_EVENT:
      kind = unsafe .alias(text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      kind = unsafe .scalar(
        YAMLScalar(text: String(decoding: bytes, as: UTF8.self), style: style(scalar.style)))
      anchor = unsafe text(scalar.anchor)
      tag = unsafe text(scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      kind = .sequenceStart
      anchor = unsafe text(event.data.sequence_start.anchor)
      tag = unsafe text(event.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT:
      kind = .mappingStart
      anchor = unsafe text(event.data.mapping_start.anchor)
      tag = unsafe text(event.data.mapping_start.tag)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      kind = .end
    case YAML_STREAM_END_EVENT:
      kind = .streamEnd
    default:
      kind = .other
    }
    return YAMLEvent(kind: kind, range: range, anchor: anchor, tag: tag)
  }

  private static func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }
}
