import PolicyUnits
import RoutingHealth
import Testing

@Suite struct `A circuit` {
  private let rules = Circuit.Rules(failures: 5, pause: Milliseconds(4000))

  private func opened(at time: Int64 = 0) -> Circuit {
    var circuit = Circuit()
    for _ in 1...5 {
      let call = circuit.begin(at: Milliseconds(time), rules)
      circuit.failed(call, at: Milliseconds(time), rules)
    }
    return circuit
  }

  @Test func `opens with the fifth failure in a row and not before`() {
    var circuit = Circuit()
    for number in 1...5 {
      #expect(circuit.state == .closed, "before failure \(number)")
      let call = circuit.begin(at: Milliseconds(0), rules)
      circuit.failed(call, at: Milliseconds(0), rules)
    }
    #expect(circuit.state == .open)
    #expect(!circuit.mayCall(at: Milliseconds(3999)))
    #expect(circuit.mayCall(at: Milliseconds(4000)))
  }

  @Test func `counts anew after a success`() {
    var circuit = Circuit()
    for number in 1...40 {
      let call = circuit.begin(at: Milliseconds(0), rules)
      if number % 5 == 0 {
        circuit.succeeded(call)
      } else {
        circuit.failed(call, at: Milliseconds(0), rules)
      }
    }
    #expect(circuit.state == .closed)
  }

  @Test func `lets one probe through in each interval, whether or not it comes back`() {
    var circuit = opened()
    var probes = 0
    for time in stride(from: Int64(0), to: 40_000, by: 10)
    where circuit.mayCall(at: Milliseconds(time)) {
      _ = circuit.begin(at: Milliseconds(time), rules)
      probes += 1
      #expect(circuit.state == .halfOpen)
    }
    #expect(probes == 9, "at 4 s, 8 s … 36 s")
  }

  @Test func `closes with a probe that succeeds, and opens again with one that fails`() {
    var circuit = opened()
    let first = circuit.begin(at: Milliseconds(4000), rules)
    circuit.failed(first, at: Milliseconds(4100), rules)
    #expect(circuit.state == .open && !circuit.mayCall(at: Milliseconds(7999)))
    let second = circuit.begin(at: Milliseconds(8000), rules)
    circuit.succeeded(second)
    #expect(circuit.state == .closed && circuit.failures == 0)
  }

  @Test func `is not closed by an answer to a call from before, nor opened by an old failure`() {
    var circuit = Circuit()
    let old = (1...10).map { _ in circuit.begin(at: Milliseconds(0), rules) }
    for call in old[..<5] { circuit.failed(call, at: Milliseconds(10), rules) }
    circuit.succeeded(old[5])
    #expect(circuit.state == .open)
    circuit.succeeded(circuit.begin(at: Milliseconds(5000), rules))
    for call in old[6...] { circuit.failed(call, at: Milliseconds(5001), rules) }
    #expect(circuit.state == .closed && circuit.failures == 0)
  }

  @Test func `waits for the next interval where a probe told nothing`() {
    var circuit = opened()
    let probe = circuit.begin(at: Milliseconds(4000), rules)
    circuit.forgot(probe)
    #expect(circuit.state == .open)
    #expect(!circuit.mayCall(at: Milliseconds(7999)) && circuit.mayCall(at: Milliseconds(8000)))
  }

  @Test func `survives any clock`() {
    let edges = [Int64.min, -1, 0, 1, .max]
    for start in edges {
      for end in edges {
        var circuit = opened(at: start)
        circuit.failed(circuit.begin(at: Milliseconds(end), rules), at: Milliseconds(end), rules)
        #expect(circuit.state != .closed)
      }
    }
  }
}
