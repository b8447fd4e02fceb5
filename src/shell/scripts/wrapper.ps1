# Changes directory where the program asks for it. A plain function: an advanced one would take -D and -v for its own.
function __NAME__ {
    $wtProgram = if ($env:WT_BIN) { $env:WT_BIN } else { (Microsoft.PowerShell.Core\Get-Command -Name '__NAME__' -CommandType Application -TotalCount 1).Source }
    if ($env:COMPLETE) { & $wtProgram @args; return }
    # An existing XDG_RUNTIME_DIR is the user's own; GetTempFileName makes a file for its owner alone.
    $wtFile = [System.IO.Path]::GetTempFileName()
    $wtBefore = $env:WT_DIRECTIVE_CD_FILE
    $wtCode = 1
    try {
        $env:WT_DIRECTIVE_CD_FILE = $wtFile
        & $wtProgram @args
        $wtCode = $LASTEXITCODE
    } finally {
        $env:WT_DIRECTIVE_CD_FILE = $wtBefore
        try {
            $wtTarget = [System.IO.File]::ReadAllText($wtFile) -replace '\r?\n\z', ''
            if ($wtTarget) { Microsoft.PowerShell.Management\Set-Location -LiteralPath $wtTarget -ErrorAction Stop }
        } catch {
            if ($wtCode -eq 0) { $wtCode = 1 }
            Microsoft.PowerShell.Utility\Write-Error $_
        } finally {
            [System.IO.File]::Delete($wtFile)
        }
        $global:LASTEXITCODE = $wtCode
    }
}
