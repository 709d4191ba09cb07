<#
.SYNOPSIS
    Stops Wattkeep and takes its service or start-up task away. Data, configuration and program stay.
.PARAMETER DataFolder
    As install.ps1 was told.
.PARAMETER KeepFirewall
    Leave the firewall rule.
.PARAMETER RemoveData
    Delete the data folder as well, with everything ever measured. Asks first.
.EXAMPLE
    .\remove.ps1
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string]$DataFolder = (Join-Path $env:ProgramData 'Wattkeep'),
    [switch]$KeepFirewall,
    [switch]$RemoveData
)
. (Join-Path $PSScriptRoot 'common.ps1')

Assert-Administrator
$mode = Get-InstalledMode
if ($mode -eq 'Service') {
    Stop-Wattkeep $mode '' '' '' $DataFolder
    $exe = Join-Path $DataFolder 'service\wattkeep-service.exe'
    if (Test-Path -LiteralPath $exe) { Invoke-Checked $exe @('uninstall') 'WinSW uninstall' } else { Invoke-Checked 'sc.exe' @('delete', $ServiceName) 'sc delete' }
} elseif ($mode -eq 'Task') {
    $note = Get-InstallNote $DataFolder
    Stop-Wattkeep $mode $note.node $note.appFolder $note.configFile $DataFolder
    Unregister-ScheduledTask -TaskName $ServiceName -Confirm:$false
} else {
    Write-Output 'Wattkeep is not installed as a service or task.'
}
if (-not $KeepFirewall) { Get-NetFirewallRule -Name $ServiceName -ErrorAction SilentlyContinue | Remove-NetFirewallRule }
if ($RemoveData -and $PSCmdlet.ShouldProcess($DataFolder, 'Delete everything ever measured')) {
    Remove-Item -LiteralPath $DataFolder -Recurse -Force
}
