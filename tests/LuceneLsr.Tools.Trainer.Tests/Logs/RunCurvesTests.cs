using System.Globalization;
using LuceneLsr.TestSupport;
using LuceneLsr.Tools.Plots;
using LuceneLsr.Tools.Trainer.Logs;
using LuceneLsr.Training.Runs;

namespace LuceneLsr.Tools.Trainer.Tests.Logs;

public sealed class RunCurvesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Related_figures_share_a_panel_and_unknown_figures_have_their_own() => Assert.Equal(
        [["info_nce"], ["flops_document"], ["query_terms", "document_terms"], ["gradient_norm"], ["recall"]],
        CurvePanel.CreateAll(["recall", "document_terms", "info_nce", "flops_document", "query_terms", "gradient_norm"])
            .Select(panel => panel.Figures));

    [Theory]
    [InlineData("query_terms", "query")]
    [InlineData("df_flops_document", "document")]
    [InlineData("saturated_loss", "saturated loss")]
    public void Label_of_figure_is_its_side_or_its_name(string figure, string label) =>
        Assert.Equal(label, CurvePanel.GetLabel(figure));

    [Fact]
    public void Plot_has_panels_in_rows_and_columns()
    {
        string[] figures = ["info_nce", "query_terms", "document_terms", "gradient_norm", "learning_rate", "recall"];
        Assert.Equal((3 * 460, 2 * 320), Draw(100, figures, (step, figure) => step + figure));
    }

    /// <summary>The first figure has no logarithms, the second no values.</summary>
    [Fact]
    public void Plot_of_zeros_and_missing_figures_is_written() => Assert.Equal(
        (460, 320),
        Draw(10, ["gradient_norm", "kl"], (_, figure) => figure == 0 ? 0 : double.NaN));

    [Fact]
    public void Plot_of_single_step_is_written() => Assert.Equal(
        (460, 320), Draw(1, ["gradient_norm"], (_, _) => 2));

    [Theory]
    [InlineData(-0.1, 0.2, "0.8 1")]
    [InlineData(0, 1, "1 2 5 10")]
    [InlineData(0, 1.9, "1 3 10 30")]
    [InlineData(-5, -0.5, "1e-5 0.0001 0.001 0.01 0.1")]
    public void Ticks_of_logarithmic_axis_are_round_numbers(double bottom, double top, string labels)
    {
        var ticks = LogarithmicTicks.Create(bottom, top, BriefNumber.Format);
        Assert.Equal(labels, string.Join(' ', ticks.Select(tick => tick.Label)));
        Assert.All(ticks, tick => Assert.Equal(
            double.Parse(tick.Label, CultureInfo.InvariantCulture), Math.Pow(10, tick.Position), 1e-9));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.00001234, "-1.23e-5")]
    [InlineData(0.00025, "0.00025")]
    [InlineData(3.14159, "3.142")]
    [InlineData(12345.6, "12,346")]
    [InlineData(2.5e7, "2.5e7")]
    public void Brief_number_has_few_characters(double value, string brief) =>
        Assert.Equal(brief, BriefNumber.Format(value));

    private (int Width, int Height) Draw(int steps, string[] figures, Func<int, int, double> value)
    {
        var path = _folder.File("curves.png");
        RunCurves.Write(path, [.. Enumerable.Range(1, steps).Select(step => new TrainingStep(
            step, "pairs", [.. figures.Select((name, figure) => (name, value(step, figure)))]))]);
        return PngFile.ReadSize(path);
    }
}
