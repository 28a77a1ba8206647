internal import CCurl

/// The driver's thread: everything here runs on it, and nothing else touches libcurl.
final class DriverLoop {
  private let multi: CurlMulti
  private let inbox: DriverInbox
  private let configuration: HTTPUpstream.Configuration
  private var flights: [CurlEasy.ID: Flight] = [:]
  private var flightOfTransfer: [ObjectIdentifier: Flight] = [:]
  private var idle: [CurlEasy] = []
  /// No deadline is over before then.
  private var nextLate = ContinuousClock.now

  private static let mostIdle = 32
  /// With nothing to wait for, the thread still looks up now and then.
  private static let longestPause: Duration = .seconds(60)

  init(multi: CurlMulti, inbox: DriverInbox, configuration: HTTPUpstream.Configuration) {
    self.multi = multi
    self.inbox = inbox
    self.configuration = configuration
  }

  /// Runs until told to stop.
  func run() {
    inbox.open(multi)
    while true {
      let orders = inbox.take()
      if orders.stops {
        end(orders)
        return
      }
      follow(orders)
      let pause = expireLate()
      // What came while it followed these is looked at before it sleeps.
      multi.wait(orders.isEmpty ? pause : .zero)
      collectFinished()
    }
  }

  private func follow(_ orders: DriverInbox.Orders) {
    for call in orders.starts where !call.transfer.isOver { start(call) }
    for transfer in orders.cancels {
      if let flight = flightOfTransfer[ObjectIdentifier(transfer)] { remove(flight) }
    }
    for transfer in orders.resumes {
      guard let flight = flightOfTransfer[ObjectIdentifier(transfer)] else { continue }
      flight.resume()
      lookAgain(after: flight.call.deadlines.silence, from: .now)
    }
  }

  private func start(_ call: PreparedCall) {
    guard let easy = handle(for: call) else {
      call.transfer.fail(.noResources)
      return
    }
    let now = ContinuousClock.now
    let flight = Flight(call, on: easy, at: now)
    do throws(UpstreamFailure) {
      try easy.prepare(flight, configuration)
    } catch {
      call.transfer.fail(error)
      return
    }
    guard multi.add(easy) else {
      call.transfer.fail(.noResources)
      return
    }
    flights[easy.id] = flight
    flightOfTransfer[ObjectIdentifier(call.transfer)] = flight
    lookAgain(after: call.deadlines.whole, from: now)
    lookAgain(after: call.deadlines.firstByte, from: now)
    lookAgain(after: call.deadlines.opening, from: now)
    lookAgain(after: call.deadlines.silence, from: now)
  }

  /// One that is set up for such calls already, if there is one.
  private func handle(for call: PreparedCall) -> CurlEasy? {
    if let place = idle.lastIndex(where: { $0.settings == call.settings }) {
      return idle.remove(at: place)
    }
    if let easy = idle.popLast() {
      easy.reset()
      multi.follow(easy)
      return easy
    }
    guard let easy = CurlEasy() else { return nil }
    multi.follow(easy)
    return easy
  }

  /// Takes a call out of libcurl; one that is not finished loses its connection.
  private func remove(_ flight: Flight) {
    flights.removeValue(forKey: flight.easy.id)
    flightOfTransfer.removeValue(forKey: ObjectIdentifier(flight.call.transfer))
    multi.remove(flight.easy)
  }

  private func collectFinished() {
    while let (id, code) = multi.nextDone() {
      guard let flight = flights[id] else { continue }
      // The reader is told last, so that the connection is free again by the time it makes its next
      // call.
      let ending = flight.ending(code)
      remove(flight)
      flight.easy.finish()
      // After a failure the handle is dropped: one whose name could not be resolved keeps that, and
      // fails its next call, whatever its address (seen with libcurl 7.88).
      if code == CURLE_OK, idle.count < Self.mostIdle { idle.append(flight.easy) }
      flight.call.transfer.end(ending)
    }
  }

  private func lookAgain(after limit: Duration?, from: ContinuousClock.Instant) {
    if let limit { nextLate = min(nextLate, from + limit) }
  }

  /// Ends the calls whose time is up; returns how long the next one still has.
  ///
  /// The calls are looked through only when one of them may be late: a deadline moves to a later
  /// time by itself, and what may bring an earlier one says so.
  private func expireLate() -> Duration {
    let now = ContinuousClock.now
    guard now >= nextLate else { return now.duration(to: nextLate) }
    nextLate = now + Self.longestPause
    var late: [(flight: Flight, failure: UpstreamFailure)] = []
    for flight in flights.values {
      guard let deadline = flight.deadline else { continue }
      if deadline.at <= now {
        late.append((flight, deadline.failure))
      } else {
        nextLate = min(nextLate, deadline.at)
        // Once it has begun it may be silent for less, and nobody wakes this thread to say so.
        if !flight.hasBegun { lookAgain(after: flight.call.deadlines.silence, from: now) }
      }
    }
    for (flight, failure) in late {
      remove(flight)
      flight.call.transfer.end(.failed(failure))
    }
    return now.duration(to: nextLate)
  }

  private func end(_ orders: DriverInbox.Orders) {
    let rest = inbox.close()
    for call in orders.starts + rest.starts { call.transfer.fail(.shutDown) }
    for flight in Array(flights.values) {
      remove(flight)
      flight.call.transfer.fail(.shutDown)
    }
    idle = []
    multi.free()
  }
}
