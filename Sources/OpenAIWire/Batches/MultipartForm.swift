/// A form as `multipart/form-data`, as files are given to a provider.
package struct MultipartForm: Sendable {
  package let boundary: String
  private var parts: [UInt8] = []

  /// The boundary must stand in no part of the form: it is drawn at random.
  package init(boundary: String) { self.boundary = boundary }

  package var contentType: String { "multipart/form-data; boundary=\(boundary)" }

  /// Adds a field of text; names and values are ours, and hold no quotes and no line breaks.
  package mutating func add(_ name: String, _ value: String) {
    parts += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n".utf8
    parts += value.utf8
    parts += "\r\n".utf8
  }

  /// Adds a file under a name of ours.
  package mutating func add(_ name: String, file: String, type: String, _ bytes: [UInt8]) {
    parts += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; ".utf8
    parts += "filename=\"\(file)\"\r\nContent-Type: \(type)\r\n\r\n".utf8
    parts += bytes
    parts += "\r\n".utf8
  }

  /// The whole form.
  package var bytes: [UInt8] { parts + Array("--\(boundary)--\r\n".utf8) }
}
