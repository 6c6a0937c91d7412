using System.Globalization;
using CsvHelper;
using LuceneLsr.Evaluation.Sweeps;

namespace LuceneLsr.Tools.Search.Sweeps;

/// <summary>Writes the points as CSV: a header, then one line per point with its dials and figures.</summary>
internal static class SweepCsv
{
    private static readonly (string Name, Func<SweepRow, object?> Get)[] Columns =
    [
        ("Point", row => row.Result.Point.Name),
        .. Dial.All.Select(dial => (dial.Name, (Func<SweepRow, object?>)(row => dial.GetValue(row.Result.Point)))),
        ("NdcgAt10", row => row.Ndcg),
        ("MrrAt10", row => row.Result.Effect.Report.MrrAt10),
        ("RecallAt100", row => row.Result.Effect.Report.RecallAt100),
        ("RecallAt1000", row => row.Result.Effect.Report.RecallAt1000),
        ("IndexBytes", row => row.Result.Effect.IndexBytes),
        ("TermsPerDocument", row => row.Result.Effect.TermsPerDocument),
        ("TermsPerQuery", row => row.Result.Effect.TermsPerQuery),
        ("MeanMilliseconds", row => row.Result.Cost.MeanMilliseconds),
        ("Percentile99Milliseconds", row => row.Result.Cost.Percentile99Milliseconds),
        ("PostingsPerQuery", row => row.Result.Cost.PostingsPerQuery),
        ("Difference", row => row.Difference),
        ("PValue", row => row.PValue),
        ("IsBaseline", row => row.IsBaseline),
        ("IsOnFront", row => row.IsOnFront),
        ("IsRecommended", row => row.IsRecommended),
    ];

    public static void Write(string path, IEnumerable<SweepRow> rows)
    {
        using var writer = new CsvWriter(new StreamWriter(path), CultureInfo.InvariantCulture);
        WriteLine(writer, column => column.Name);
        foreach (var row in rows)
        {
            WriteLine(writer, column => column.Get(row));
        }
    }

    private static void WriteLine(CsvWriter writer, Func<(string Name, Func<SweepRow, object?> Get), object?> getField)
    {
        foreach (var column in Columns)
        {
            writer.WriteField(getField(column));
        }

        writer.NextRecord();
    }
}
