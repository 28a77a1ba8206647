/// A form as `multipart/form-data`: the parts of it a file is given with.
struct UploadForm: Sendable {
  let purpose: String
  let fileName: String
  let bytes: [UInt8]

  /// Reads the form by the boundary its content type names.
  init(_ body: [UInt8], contentType: String) throws(BadRequest) {
    guard contentType.lowercased().hasPrefix("multipart/form-data"),
      let mark = contentType.split(separator: ";").map({ $0.drop { $0 == " " } })
        .first(where: { $0.hasPrefix("boundary=") })?.dropFirst("boundary=".count)
    else { throw BadRequest("the content type names no boundary") }
    let line = Array("--\(mark.filter { $0 != "\"" })".utf8)
    var purpose: String?
    var file: (name: String, bytes: [UInt8])?
    var rest = body[...]
    guard rest.starts(with: line) else { throw BadRequest("the form does not begin") }
    rest = rest.dropFirst(line.count)
    let end = Array("\r\n".utf8) + line
    while !rest.starts(with: "--".utf8) {
      guard rest.starts(with: "\r\n".utf8) else { throw BadRequest("a part does not begin") }
      rest = rest.dropFirst(2)
      guard let head = rest.firstRange(of: Array("\r\n\r\n".utf8)),
        let last = rest[head.upperBound...].firstRange(of: end)
      else { throw BadRequest("a part does not end") }
      let heads = String(decoding: rest[..<head.lowerBound], as: UTF8.self)
      let value = Array(rest[head.upperBound..<last.lowerBound])
      switch Self.parameter("name", of: heads) {
      case "purpose": purpose = String(decoding: value, as: UTF8.self)
      case "file": file = (Self.parameter("filename", of: heads) ?? "", value)
      case _: break
      }
      rest = rest[last.upperBound...]
    }
    guard let purpose, let file else { throw BadRequest("`purpose` or `file` is missing") }
    self.purpose = purpose
    fileName = file.name
    bytes = file.bytes
  }

  private static func parameter(_ name: String, of heads: String) -> String? {
    for piece in heads.split(whereSeparator: { $0 == ";" || $0.isNewline }) {
      let text = piece.drop { $0 == " " }
      guard text.hasPrefix("\(name)=\"") else { continue }
      return String(text.dropFirst(name.count + 2).prefix { $0 != "\"" })
    }
    return nil
  }
}
