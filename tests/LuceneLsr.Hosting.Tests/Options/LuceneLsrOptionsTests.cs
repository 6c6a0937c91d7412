using LuceneLsr.Hosting.Options;
using LuceneLsr.Hosting.Tests.Support;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LuceneLsr.Hosting.Tests.Options;

public class LuceneLsrOptionsTests
{
    [Fact]
    public void Start_with_default_options_succeeds()
    {
        using var application = new Application();
        application.Get<IStartupValidator>().Validate();
    }

    [Theory]
    [InlineData("Cache:SizeLimit", "-1", "LuceneLsrOptions.Cache.SizeLimit must be between 0 and")]
    [InlineData("Cache:Expiration", "0", "LuceneLsrOptions.Cache.Expiration must be between 00:00:01 and")]
    [InlineData("Batch:MaxSize", "0", "LuceneLsrOptions.Batch.MaxSize must be between 1 and 4096")]
    [InlineData("Batch:MaxConcurrency", "0", "LuceneLsrOptions.Batch.MaxConcurrency must be between 1 and 256")]
    [InlineData("Batch:QueueCapacity", "0", "LuceneLsrOptions.Batch.QueueCapacity must be between 1 and 1000000")]
    [InlineData("Policy:Timeout", "0", "LuceneLsrOptions.Policy.Timeout must be between 00:00:00.0100000 and")]
    [InlineData("Policy:CircuitBreaker:FailureRatio", "2", "Policy.CircuitBreaker.FailureRatio must be between 0 and 1")]
    [InlineData("Cache:UseDistributedCache", "true", "Cache.UseDistributedCache needs an IDistributedCache. Register")]
    public void Start_with_invalid_option_throws_with_option_and_remedy(string key, string value, string message)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        using var application = new Application(configuration.Bind);
        var error = Assert.Throws<OptionsValidationException>(application.Get<IStartupValidator>().Validate);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_with_a_distributed_cache_that_is_registered_succeeds()
    {
        using var application = new Application(
            options => options.Cache.UseDistributedCache = true,
            services => services.AddSingleton<IDistributedCache>(new RecordingDistributedCache()));
        application.Get<IStartupValidator>().Validate();
    }
}
