" What an editor should know of Rung policies: comments, words, two spaces.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

let s:save_cpo = &cpo
set cpo&vim

setlocal comments=:##,:# commentstring=#\ %s
setlocal formatoptions-=t formatoptions+=croql
setlocal expandtab shiftwidth=2 softtabstop=2
" qwen3-8b, prompt.tokens and org/model are one word each.
setlocal iskeyword=@,48-57,_,-,.,/
setlocal suffixesadd=.rung

setlocal formatexpr=RungFormat()

let b:undo_ftplugin = 'setlocal comments< commentstring< formatoptions< expandtab<'
      \ . ' shiftwidth< softtabstop< iskeyword< suffixesadd< formatexpr<'

if !exists('*RungFormat')
  " `gq`: comments by themselves are filled as text, all else is the whole policy by `rung fmt`. One
  " that does not parse stays as it is. g:rung_program says where rung is if not on the path.
  function RungFormat() abort
    let lines = getline(v:lnum, v:lnum + v:count - 1)
    if mode() =~# '[iR]' || empty(filter(lines, "v:val !~# '^\\s*#'"))
      return 1
    endif
    let program = get(g:, 'rung_program', 'rung')
    if !executable(program)
      echomsg 'rung: no `' . program . '` to format with'
      return 0
    endif
    let command = shellescape(program) . ' fmt - 2>' . (has('win32') ? 'NUL' : '/dev/null')
    let formatted = systemlist(command, getline(1, '$'))
    if v:shell_error
      echomsg 'rung: the policy does not parse and stays as it is; `rung check` says why'
      return 0
    endif
    let view = winsaveview()
    if len(formatted) < line('$')
      silent execute (len(formatted) + 1) . ',$delete _'
    endif
    call setline(1, formatted)
    call winrestview(view)
    return 0
  endfunction
endif

let &cpo = s:save_cpo
unlet s:save_cpo
