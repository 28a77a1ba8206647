import Testing

@testable import RoutingGateway

@Suite struct `The work on a request` {
  @Test func `was ended by the gateway, however often it stops`() {
    let work = RequestWork()
    work.stop()
    work.stop()
    work.cancel()
    #expect(work.isStopped)
  }

  @Test func `was ended by its caller, where that was gone before the gateway stopped`() {
    let work = RequestWork()
    work.cancel()
    work.stop()
    #expect(!work.isStopped)
  }
}
