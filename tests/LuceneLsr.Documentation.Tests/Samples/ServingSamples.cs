using LuceneLsr.Http;
using LuceneLsr.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace LuceneLsr.Documentation.Tests.Samples;

/// <summary>The samples of docs/serving.md. The tests of LuceneLsr.Http run them against a server.</summary>
public class ServingSamples
{
    [Fact]
    public void Client_sample_creates_an_encoder()
    {
        var services = new ServiceCollection();
        var (provider, vocabularyId) = (new Lazy<ServiceProvider>(services.BuildServiceProvider), "v1");
        Configure();
        CreateEncoder(provider.Value);

        void Configure()
        {
            // <sample>
            services.AddHttpClient("encoder", client => client.BaseAddress = new Uri("http://127.0.0.1:8090/"))
                .AddStandardResilienceHandler();
            // </sample>
        }

        void CreateEncoder(ServiceProvider provider)
        {
            // <sample>
            var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("encoder");
            using var encoder = new HttpSparseEncoder(client, new HttpEncoderOptions
            {
                VocabularyId = vocabularyId, // from /info; it is compared with the stamp of the index
                PromptNames = new("query", "document"),
            });
            // </sample>

            Assert.Equal("v1", encoder.VocabularyId);
        }
    }

    [Fact]
    public void Vocabulary_sample_looks_up_terms()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("vocab.txt", "[PAD]\nfilm\n");

        // <sample>
        var vocabulary = File.ReadAllLines(path);
        var options = new HttpEncoderOptions { VocabularyId = "my-splade", GetTerm = id => vocabulary[id] };
        // </sample>

        Assert.Equal("film", options.GetTerm(1));
    }
}
