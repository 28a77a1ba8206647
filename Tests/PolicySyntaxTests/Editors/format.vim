" Formats every policy of $RUNG_POLICIES with `gq` and writes it.
set nomore
for s:file in glob($RUNG_POLICIES . '/*.rung', 0, 1)
  execute 'silent edit! ' . fnameescape(s:file)
  silent normal! gggqG
  silent write!
endfor
call writefile(['checked'], $RUNG_REPORT)
qall!
