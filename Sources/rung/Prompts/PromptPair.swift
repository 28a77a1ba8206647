import ContextCompression
import JSONWriting
import OpenAIWire
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingEvaluation
import RoutingRequests
import RoutingRuntime
import TokenEstimates

/// A system prompt and a shorter version of it.
struct PromptPair: Sendable {
  let original: String
  let shorter: String

  var loss: FactLoss { FactLoss(from: original, to: shorter) }

  /// By the count of a model, as expected.
  func tokens(at model: ModelEntry) -> (before: Int64, after: Int64) {
    let family = TokenFamily(model.tokenizer)
    func count(_ text: String) -> Int64 {
      TokenEstimate(text: Array(text.utf8).span, family: family).expected
    }
    return (count(original), count(shorter))
  }

  /// What rows call the original, as callers may send it: as a system or a developer message, with or
  /// without the white space at its ends.
  func fingerprints(at moment: LocalMoment) throws(CommandFailure) -> Set<String> {
    var found: Set<String> = []
    for text in [original, original.trimmed] {
      for role in ["system", "developer"] {
        let request = try Self.request([(role, text)])
        found.formUnion(
          RequestInput(request, moment: moment).systemPromptFingerprint.map { [$0] } ?? [])
      }
    }
    return found
  }

  /// A request of these messages.
  static func request(
    _ messages: [(role: String, text: String)], model: String? = nil, maxOutput: Int64? = nil
  ) throws(CommandFailure) -> ChatRequest {
    var json = JSONWriter()
    json.object { json in
      if let model { json.member("model", model) }
      json.array("messages") { json in
        for message in messages {
          json.object { json in
            json.member("role", message.role)
            json.member("content", message.text)
          }
        }
      }
      if let maxOutput { json.member("max_completion_tokens", maxOutput) }
    }
    do throws(WireProblem) {
      return try ChatRequest(json.bytes)
    } catch {
      throw CommandFailure("the prompt makes no request: \(error.message)")
    }
  }

  /// What a pin calls a text: 32 hexadecimal digits that tell texts apart, and no signature.
  static func fingerprint(_ text: String) -> String { StableHash.digest(of: text.utf8).hex }
}
