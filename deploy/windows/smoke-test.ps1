<#
.SYNOPSIS
    Says whether an installed Wattkeep runs and can do its work.
.DESCRIPTION
    Looks at the service or task, asks the server whether it serves, and tries everything the configuration names. Ends with
    0 when all is well, 1 when something is not.
.PARAMETER DataFolder
    As install.ps1 was told.
.PARAMETER WaitSeconds
    How long a server that has just been started may take.
.EXAMPLE
    .\smoke-test.ps1
#>
[CmdletBinding()]
param(
    [string]$DataFolder = (Join-Path $env:ProgramData 'Wattkeep'),
    [int]$WaitSeconds = 60
)
. (Join-Path $PSScriptRoot 'common.ps1')

$script:failed = $false
function Show-Result([bool]$Good, [string]$What) {
    if ($Good) { Write-Output "ok      $What" } else { Write-Output "FAILED  $What"; $script:failed = $true }
}

$note = Get-InstallNote $DataFolder
$mode = Get-InstalledMode
Show-Result ($null -ne $mode) "installed as $mode"

# The server tells commands where it is; it listens there for this computer even where pages are elsewhere.
$address = $null
for ($i = 0; $i -lt $WaitSeconds -and $null -eq $address; $i++) {
    try {
        $control = Get-Content -LiteralPath (Join-Path $DataFolder 'control.json') -Raw -Encoding UTF8 | ConvertFrom-Json
        $here = $control.address -replace '//0\.0\.0\.0', '//127.0.0.1' -replace '//\[::\]', '//[::1]'
        $answer = Invoke-WebRequest -UseBasicParsing -Uri "$here/healthz" -TimeoutSec 5
        if ($answer.StatusCode -eq 200) { $address = $here }
    } catch {
        Start-Sleep -Seconds 1
    }
}
Show-Result ($null -ne $address) "serving at $address"

$env:WATTKEEP_DATA = $DataFolder
$program = Join-Path $note.appFolder 'dist\wattkeep.js'
& $note.node $program check --config $note.configFile
Show-Result ($LASTEXITCODE -eq 0) 'everything the configuration names answers'

$log = Get-ChildItem -LiteralPath (Join-Path $DataFolder 'logs') -Filter '*.log' -ErrorAction SilentlyContinue | Sort-Object LastWriteTime -Descending | Select-Object -First 1
if ($null -ne $log) { Write-Output "log     $($log.FullName)" }
if ($script:failed) { exit 1 }
exit 0
