namespace LuceneLsr.Torch.Tests.Support;

/// <summary>Encodes with the cancellation token of the test.</summary>
internal static class EncoderExtensions
{
    public static SparseVector Query(this ISparseEncoder encoder, string text) =>
        encoder.Encode(text, TextSide.Query, TestContext.Current.CancellationToken);

    public static SparseVector Document(this ISparseEncoder encoder, string text) =>
        encoder.Encode(text, TextSide.Document, TestContext.Current.CancellationToken);

    public static IReadOnlyList<SparseVector> Documents(
        this ISparseEncoder encoder, params IReadOnlyList<string> texts) =>
        encoder.Encode(texts, TextSide.Document, TestContext.Current.CancellationToken);
}
