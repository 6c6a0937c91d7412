using LuceneLsr.Evaluation.Measurements;
using LuceneLsr.Evaluation.Tests.Support;

namespace LuceneLsr.Evaluation.Tests.Measurements;

public sealed class EncoderMeasurementTests
{
    private static readonly ImpactScale Scale = new(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void First_encoder_is_the_reference_of_the_others()
    {
        var whole = TermListEncoder.BothSides.Document;
        using var pruned = new PrunedEncoder(
            new TermListEncoder(TextSide.Query, TextSide.Document),
            new(VectorPruning.None, new VectorPruning { MaxTerms = 1 }));
        var measurement = new EncoderMeasurement(TermListCollection.Load(), topTerms: 2);
        var first = measurement.Measure(whole, Scale, cancellationToken: Cancellation);
        var second = measurement.Measure(pruned, Scale, cancellationToken: Cancellation);
        Assert.Equal((1.0, 1.0, 1.0, 2), (
            first.Agreement.MeanCosine, first.Agreement.MinCosine, first.Agreement.MeanOverlap, first.Agreement.Texts));
        Assert.Equal(1 / Math.Sqrt(1.25), second.Agreement.MinCosine, 1e-9); // a=1 of a=1 b=0.5
        Assert.Equal(0.75, second.Agreement.MeanOverlap);
    }

    [Fact]
    public void Measure_reports_quality_and_speed()
    {
        var encoded = 0;
        var figures = new EncoderMeasurement(TermListCollection.Load(), topTerms: 1).Measure(
            TermListEncoder.BothSides.Document, Scale, count => encoded += count, Cancellation);
        Assert.Equal((0.75, 1.0, 1.0), (
            figures.Report.MrrAt10, figures.Report.RecallAt100, figures.TermsPerDocument));
        Assert.Equal(3, encoded);
        Assert.True(figures.QueryTime > TimeSpan.Zero && figures.DocumentsPerSecond > 0 && figures.IndexBytes > 0);
    }
}
