using LuceneLsr.Hosting.Tests.Support;

namespace LuceneLsr.Hosting.Tests.Telemetry;

public class MeasuredEncoderTests
{
    [Theory]
    [InlineData(TextSide.Query, "query")]
    [InlineData(TextSide.Document, "document")]
    public void Encode_measures_duration_and_batch_size_by_side(TextSide side, string tag)
    {
        using var application = new Application();
        using var durations = application.Collect<double>("lucenelsr.encode.duration");
        using var sizes = application.Collect<int>("lucenelsr.encode.batch.size");
        application.Encoder.BeforeEncode = _ => application.Clock.Advance(TimeSpan.FromMilliseconds(20));
        application.Get<ISparseEncoder>().Encode(["cut"], side, Application.Cancellation);
        var duration = Assert.Single(durations.GetMeasurementSnapshot());
        Assert.Equal(0.02, duration.Value, precision: 6);
        Assert.Equal([new("lucenelsr.side", tag)], duration.Tags);
        var size = Assert.Single(sizes.GetMeasurementSnapshot());
        Assert.Equal(1, size.Value);
        Assert.Equal([new("lucenelsr.side", tag)], size.Tags);
    }

    [Fact]
    public void Encode_several_documents_measures_their_number()
    {
        using var application = new Application();
        using var sizes = application.Collect<int>("lucenelsr.encode.batch.size");
        application.Get<ISparseEncoder>().Encode(["a", "b", "c"], TextSide.Document, Application.Cancellation);
        Assert.Equal(3, Assert.Single(sizes.GetMeasurementSnapshot()).Value);
    }

    [Fact]
    public void Encode_that_fails_measures_the_duration_with_the_type_of_the_error()
    {
        using var application = new Application();
        using var durations = application.Collect<double>("lucenelsr.encode.duration");
        application.Encoder.BeforeEncode = _ => throw new InvalidDataException();
        Assert.Throws<InvalidDataException>(
            () => application.Get<ISparseEncoder>().Encode("a", TextSide.Document, Application.Cancellation));
        Assert.Equal(
            "System.IO.InvalidDataException", Assert.Single(durations.GetMeasurementSnapshot()).Tags["error.type"]);
    }
}
