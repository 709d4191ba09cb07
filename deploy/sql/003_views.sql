/*
  Views for reports. Safe to run again: they are replaced.
  A day or a month holds the intervals whose END carries its date, as these views always have: the interval that ends at
  midnight counts to the day it ends into. Wattkeep's own pages and bills count it to the day it lies in.
*/
SET ANSI_NULLS ON;
SET QUOTED_IDENTIFIER ON;
GO

CREATE OR ALTER VIEW dbo.vw_KYZ_LatestInterval AS
SELECT TOP (1) IntervalEnd, PulseCount, kWh, kW, Total_kWh, R17Exclude, KyzInvalidAlarm
FROM dbo.KYZ_Interval
ORDER BY IntervalEnd DESC;
GO

-- Days without intervals of an invalid pulse input.
CREATE OR ALTER VIEW dbo.vw_KYZ_DailySummary AS
SELECT CAST(IntervalEnd AS date)                                     AS [date],
       SUM(kWh)                                                      AS kWh_sum,
       MAX(kW)                                                       AS kW_peak,
       MAX(CASE WHEN COALESCE(R17Exclude, 0) = 0 THEN kW END)        AS kW_peak_excluding_r17,
       COUNT_BIG(*)                                                  AS interval_count
FROM dbo.KYZ_Interval
WHERE COALESCE(KyzInvalidAlarm, 0) = 0
GROUP BY CAST(IntervalEnd AS date);
GO

-- Mean of the three highest intervals of each calendar month, and the highest, without invalid and excluded ones.
CREATE OR ALTER VIEW dbo.vw_KYZ_MonthlyBillingDemandEstimate AS
SELECT counted.month_start,
       AVG(CASE WHEN counted.place <= 3 THEN counted.kW END) AS top3_avg_kW,
       MAX(counted.kW)                                       AS peak_kW
FROM (
    SELECT months.month_start,
           interval_rows.kW,
           ROW_NUMBER() OVER (PARTITION BY months.month_start ORDER BY interval_rows.kW DESC, interval_rows.IntervalEnd DESC) AS place
    FROM dbo.KYZ_Interval AS interval_rows
    CROSS APPLY (VALUES (DATEFROMPARTS(YEAR(interval_rows.IntervalEnd), MONTH(interval_rows.IntervalEnd), 1))) AS months (month_start)
    WHERE COALESCE(interval_rows.KyzInvalidAlarm, 0) = 0
      AND COALESCE(interval_rows.R17Exclude, 0) = 0
) AS counted
GROUP BY counted.month_start;
GO

-- Billing demand as Wattkeep computed it, with the percent and the minimum of the tariff. The floor is without the minimum.
CREATE OR ALTER VIEW dbo.vw_KYZ_MonthlyBillingDemandBilled AS
SELECT month_start, top3_avg_kW, peak_kW, Energy_kWh, HighestPrev11_Billed_kW, RatchetFloor_kW, Billed_kW, ComputedAtUtc
FROM dbo.KYZ_MonthlyDemand;
GO

CREATE OR ALTER VIEW dbo.v_KYZ_MonthlyDemand_Latest AS
SELECT TOP (1) month_start, top3_avg_kW, peak_kW, Energy_kWh, HighestPrev11_Billed_kW, RatchetFloor_kW, Billed_kW, ComputedAtUtc
FROM dbo.KYZ_MonthlyDemand
ORDER BY month_start DESC;
GO

CREATE OR ALTER VIEW dbo.v_KYZ_Live15s_Latest AS
SELECT TOP (1) SampleEnd, PulseCount, kWh, kW, Total_kWh, InsertedAtUtc
FROM dbo.KYZ_Live15s
ORDER BY SampleEnd DESC;
GO

-- The last 24 hours before the newest sample: the clock of an Azure database is UTC, that of the samples the plant's.
CREATE OR ALTER VIEW dbo.v_KYZ_Live15s_24h AS
SELECT TOP (6480) SampleEnd AS t, kW, kWh
FROM dbo.KYZ_Live15s
WHERE SampleEnd > DATEADD(hour, -24, (SELECT MAX(SampleEnd) FROM dbo.KYZ_Live15s))
ORDER BY SampleEnd DESC;
GO

CREATE OR ALTER VIEW dbo.vw_KYZ_PlcCsvIngestLatest AS
SELECT TOP (1) FilePath, FileSizeBytes, LastWriteTimeUtc, Sha256, ProcessedAtUtc, IngestStatus, IngestRowCount, IntervalMin, IntervalMax, ErrorMessage
FROM dbo.KYZ_PlcCsvIngestLog
ORDER BY ProcessedAtUtc DESC;
GO
