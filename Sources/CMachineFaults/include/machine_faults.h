// A machine that fails on request, for programs whose promises are tried: loaded with LD_PRELOAD on
// Linux, it stands between a program and the calls that change files. Elsewhere it is empty.
//
// It is told by the environment:
//
//   RUNG_FAULT_FILES  The path all watched files begin with: `/tmp/x/rung.ledger` watches
//                     `rung.ledger-wal` too. Without it nothing is counted, recorded or hurt.
//   RUNG_FAULT_PLAN   `kill before N`, `kill half N` or `kill after N`: the process dies at its Nth
//                     call that changes or syncs a watched file or writes to standard output;
//                     `half` cuts a write in its middle.
//                     `fail ENOSPC N M`, `fail EIO N M`: M such calls fail, from the Nth on;
//                     standard output is left out. `short N M`: like ENOSPC, but the first of the
//                     writes keeps its first half, as a disk does on which the last block is taken.
//   RUNG_FAULT_TRACE  A file that gets a record of every such call, in the order they began.
//   RUNG_FAULT_CLOCK  Milliseconds added to the time of day.
//   RUNG_FAULT_NAMES  Milliseconds until a name that ends in `.invalid` is found to be nobody's.
//
// A record is five little-endian numbers (u32 kind, u32 file, i64 offset, u32 size, u32 call) and
// `size` bytes of data. A write is recorded before it happens, the end of a sync after it.
#ifndef MACHINE_FAULTS_H
#define MACHINE_FAULTS_H

enum {
  machine_opened = 1,      // data: the path; offset: 1 if the file was made by this call
  machine_wrote = 2,       // data: the bytes; offset: where
  machine_truncated = 3,   // offset: the new size
  machine_sync_began = 4,
  machine_sync_ended = 5,
  machine_unlinked = 6,    // data: the path
  machine_renamed = 7,     // data: both paths, a zero byte between
  machine_said = 8,        // data: what went to standard output
  machine_fault = 9,       // the plan was carried out at this call
  machine_mapped = 10,     // a watched file was mapped for shared writing: its writes go unseen
  machine_failed = 11,     // the call before did not do what its record says
};

#endif
