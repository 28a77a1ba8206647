import JSONReading
package import OpenAIWire
import PolicyDiagnostics
import PolicySource
import YAMLReading

/// Why a file is no request.
package struct RequestTextProblem: Error, Hashable, Sendable {
  /// With the file and, where it is known, the place.
  package let message: String
}

extension ChatRequest {
  /// Reads a request as people keep it in files: OpenAI's JSON, or the same as YAML where the path
  /// ends in `.yaml` or `.yml`.
  package init(text bytes: [UInt8], path: String) throws(RequestTextProblem) {
    let isYAML = Self.isYAML(path)
    let json = isYAML ? try Self.json(bytes, path) : bytes
    do throws(WireProblem) {
      try self.init(json)
    } catch {
      // The places of a YAML file are gone: its problem is named by its path in the request.
      let place = isYAML ? nil : error.place
      let at = place.map { ":\($0.line):\($0.column)" } ?? ""
      throw RequestTextProblem(message: "\(path)\(at): \(error.message)")
    }
  }

  /// Whether a file of this name is read as YAML.
  package static func isYAML(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }

  private static func json(
    _ bytes: [UInt8], _ path: String
  ) throws(RequestTextProblem) -> [UInt8] {
    let file = SourceFile(id: SourceID(0), path: path, bytes: bytes)
    let parsed = YAMLReader.read(file)
    let json = parsed.value?.jsonBytes
    let problems = parsed.diagnostics + (json?.diagnostics ?? [])
    if let problem = problems.first {
      let place = file.location(of: problem.span.start)
      throw RequestTextProblem(
        message: "\(path):\(place.line):\(place.column): \(problem.message)")
    }
    guard let bytes = json?.value else {
      throw RequestTextProblem(message: "\(path): the file is empty")
    }
    return bytes
  }
}
