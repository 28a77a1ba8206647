/// Why a request of a route with `batch` was asked alone.
package enum AloneReason: Error, Hashable, Sendable {
  /// It wants its answer as it comes.
  case streams
  case tools
  case media
  /// It asks for several answers.
  case choices
  /// It is more than instructions and one question.
  case history
  /// What ends an answer early would end the others with it.
  case stop
  case logprobs
  /// It begins with another model than the route's first: its conversation goes on with one, or the
  /// first may not be called for it.
  case otherModel
  /// Its first token has a deadline, which only a stream can be held to.
  case firstToken
  /// A field whose meaning for several requests at once nobody can say.
  case field(String)
  /// A schema that points into itself, which means something else inside another one.
  case schemaReferences
  /// A schema with a keyword answers are not held to here: nobody could say which of them fits.
  case schema
  /// Nobody else asked in time.
  case nobodyElse
  /// Beside others it would not fit into what the model reads or writes.
  case noRoom
  /// In one prompt the requests could cost more than each alone.
  case dearer
  /// Rung is going down: nothing waits any more.
  case draining

  /// The stable word of a row.
  package var word: String {
    switch self {
    case .streams: "streams"
    case .tools: "tools"
    case .media: "media"
    case .choices: "choices"
    case .history: "history"
    case .stop: "stop"
    case .logprobs: "logprobs"
    case .otherModel: "other_model"
    case .firstToken: "first_token"
    case .field(let name): "field \(name)"
    case .schemaReferences: "schema_references"
    case .schema: "schema"
    case .nobodyElse: "nobody_else"
    case .noRoom: "no_room"
    case .dearer: "dearer"
    case .draining: "draining"
    }
  }
}
