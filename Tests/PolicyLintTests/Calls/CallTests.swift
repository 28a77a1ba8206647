import PolicyDiagnostics
import Testing

@testable import PolicyLint

@Suite struct `Streams, stops and batches` {
  private static let ladder = """
    gate g = not refusal
    ladder l { tier small accept g  tier medium }

    """

  @Test(arguments: [
    "route live when stream { use ⟦l⟧ }\notherwise { use l }",
    "condition now = stream and turn >= 2\nroute live when now { use ⟦l⟧ fallback small }\notherwise { use l }",
    // What is left after the rest is taken.
    "route calm when not stream { use l }\notherwise { use ⟦l⟧ }",
    "route live when stream { split by user { 90% use medium  10% use ⟦l⟧ } }\notherwise { use l }",
  ])
  func `a gate on a route of streams is found`(_ routes: String) throws {
    try check(GateHoldsStream.self, Self.ladder + routes)
  }

  @Test(arguments: [
    "otherwise { use l }",
    "route live when stream or turn >= 2 { use l }\notherwise { use medium }",
    "route live when stream { use medium fallback l }\notherwise { use l }",
    "ladder open { tier medium  tier large }\nroute live when stream { use open }\notherwise { use l }",
  ])
  func `a route that need not stream is left alone`(_ routes: String) throws {
    try check(GateHoldsStream.self, Self.ladder + routes)
  }

  @Test func `a stop that is billed all the same`() throws {
    try check(
      StopStillBilled.self,
      "otherwise { ⟦stop after 80 tokens when repeating⟧  use large }",
      messages: ["stopping saves nothing with `large`: the rest is billed"])
    try check(
      StopStillBilled.self,
      "route r when stream { ⟦stop when repeating⟧  use medium fallback large }\notherwise { stop when repeating  use medium }"
    )
    let unknown = sampleCatalog.replacing(", bills_cancelled: yes", with: "")
    try check(
      StopStillBilled.self, "otherwise { stop when repeating  use large }",
      files: ["catalog.yaml": unknown])
  }

  @Test func `a batch of streams goes without a trace`() throws {
    try check(
      BatchOfStreams.self,
      """
      route live when stream {
        ⟦batch up to 50 within 200ms⟧
        use   medium
      }
      otherwise { batch up to 50 within 200ms  use small }
      """,
      fixed: """
        route live when stream {
          use   medium
        }
        otherwise { batch up to 50 within 200ms  use small }
        """,
      messages: ["no request of `live` can be batched: all are streamed"])
  }

  @Test func `what stands behind a batch line is not moved into a comment`() throws {
    try check(
      BatchOfStreams.self,
      """
      route live when stream {  # for the chat
        ⟦batch up to 50 within 200ms⟧  use medium
      }
      route late when stream and turn >= 2 {
        ⟦batch up to 50 within 200ms⟧  # why not
        use medium
      }
      otherwise { use small }
      """,
      fixed: """
        route live when stream {  # for the chat
          use medium
        }
        route late when stream and turn >= 2 {
          # why not
          use medium
        }
        otherwise { use small }
        """)
  }

  @Test func `a batch of personal data`() throws {
    try check(
      BatchOfPersonalData.self,
      """
      condition private = prompt has (email, card) or question has phone
      route people when private and turn >= 2 { ⟦batch up to 5 within 1s⟧  use medium }
      route mixed when private or stream { batch up to 5 within 1s  use medium }
      route code when prompt has (code, email) { batch up to 5 within 1s  use medium }
      otherwise { use small }
      """)
  }
}
