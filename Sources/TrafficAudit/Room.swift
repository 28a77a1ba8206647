import RoutingRuntime

/// What a model must have for a call, of the limits that models of the catalog have: the least that holds it.
struct Room: Hashable, Sendable {
  /// Prompt and answer together, and the answer alone, in tokens.
  let window: Int64
  let output: Int64
  /// Of input, below the step where prices change.
  let input: Int64
}

/// The limits of all models of a catalog: calls that no model tells apart have the same room.
struct RoomScale: Sendable {
  private let windows: [Int64]
  private let outputs: [Int64]
  private let inputs: [Int64]

  init(_ rooms: [Room]) {
    windows = Set(rooms.map(\.window)).sorted()
    outputs = Set(rooms.map(\.output)).sorted()
    inputs = Set(rooms.map(\.input)).sorted()
  }

  func room(of usage: Usage) -> Room {
    func least(_ limits: [Int64], _ tokens: Int64) -> Int64 {
      limits.first { tokens <= $0 } ?? .max
    }
    return Room(
      window: least(windows, usage.input &+ usage.output), output: least(outputs, usage.output),
      input: least(inputs, usage.input))
  }
}
