namespace LuceneLsr.Core.Tests;

public sealed class EncoderIdentityTests
{
    private static readonly EncoderIdentity Identity = new("english", "f1", "Text, Porter");

    [Fact]
    public void Identities_with_one_fingerprint_are_equal()
    {
        var renamed = Identity with { Name = "copy", TermRule = "" };
        Assert.Equal(Identity, renamed);
        Assert.Equal(Identity.GetHashCode(), renamed.GetHashCode());
        Assert.NotEqual(Identity, Identity with { Fingerprint = "f2" });
    }

    [Fact]
    public void Identity_of_pruned_encoder_is_that_of_its_encoder()
    {
        using var pruned = new PrunedEncoder(new NamedEncoder(), PerSide.Both(VectorPruning.None));
        Assert.Same(Identity, pruned.Identity);
    }

    private sealed class NamedEncoder : ISparseEncoder
    {
        public string VocabularyId => "words";

        public EncoderIdentity? Identity => EncoderIdentityTests.Identity;

        public IReadOnlyList<SparseVector> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) => [];

        public void Dispose()
        {
        }
    }
}
