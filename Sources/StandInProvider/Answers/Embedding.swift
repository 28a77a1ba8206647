import JSONReading
import JSONWriting
import PolicySource

/// Vectors for texts: each word, lower-cased, adds or takes 1 at a place of the vector, both by its
/// hash; the whole is scaled to length 1.
///
/// Texts that share words are near each other, and the same text always has the same vector. This
/// knows nothing of meaning.
struct EmbeddingCall {
  let model: String
  let inputs: [String]
  let dimensions: Int

  init(_ body: [UInt8]) throws(BadRequest) {
    let root: JSONValue
    do throws(JSONProblem) {
      root = try JSONText(body).root
    } catch {
      throw BadRequest("We could not parse the JSON body of your request: \(error.description)")
    }
    guard let model = root["model"]?.string else {
      throw BadRequest("you must provide a model parameter")
    }
    let inputs = root["input"].map { $0.string.map { [$0] } ?? $0.elements.compactMap(\.string) }
    guard let inputs, !inputs.isEmpty else {
      throw BadRequest("'input' must be one text or several")
    }
    let dimensions = root["dimensions"]?.integer ?? 64
    guard (1...4096).contains(dimensions) else {
      throw BadRequest("'dimensions' must be from 1 to 4096")
    }
    self.model = model
    self.inputs = inputs
    self.dimensions = Int(dimensions)
  }

  var promptTokens: Int { inputs.reduce(0) { $0 + Tokens.count($1) } }

  var bytes: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("object", "list")
      json.array("data") { json in
        for (index, input) in inputs.enumerated() {
          json.object { json in
            json.member("object", "embedding")
            json.member("index", index)
            json.array("embedding") { json in
              for value in Self.vector(of: input, dimensions: dimensions) {
                json.number(millionths: Int64((value * 1_000_000).rounded()))
              }
            }
          }
        }
      }
      json.member("model", model)
      json.object("usage") { json in
        json.member("prompt_tokens", promptTokens)
        json.member("total_tokens", promptTokens)
      }
    }
    return json.bytes
  }

  static func vector(of text: String, dimensions: Int) -> [Double] {
    var vector = [Double](repeating: 0, count: dimensions)
    for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      let digest = StableHash.digest(of: String(word).utf8)
      let place = Int(digest.first % UInt64(dimensions))
      vector[place] += digest.second & 1 == 0 ? 1 : -1
    }
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length == 0 ? vector : vector.map { $0 / length }
  }
}
