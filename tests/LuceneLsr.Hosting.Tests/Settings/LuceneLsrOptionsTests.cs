using LuceneLsr.Hosting.Settings;
using LuceneLsr.Hosting.Tests.Support;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LuceneLsr.Hosting.Tests.Settings;

public class LuceneLsrOptionsTests
{
    [Fact]
    public void Start_with_default_options_succeeds()
    {
        using var application = new Application();
        application.Get<IStartupValidator>().Validate();
    }

    [Theory]
    [InlineData("Cache:SizeLimit", "-1", "'LuceneLsrOptions.Cache' members: 'SizeLimit'", "between 0 and")]
    [InlineData("Cache:Expiration", "0", "'LuceneLsrOptions.Cache' members: 'Expiration'", "between 00:00:01 and")]
    [InlineData("Batch:MaxSize", "0", "'LuceneLsrOptions.Batch' members: 'MaxSize'", "between 1 and 4096")]
    [InlineData("Batch:MaxConcurrency", "0", "'LuceneLsrOptions.Batch' members: 'MaxConcurrency'", "between 1 and 256")]
    [InlineData("Batch:QueueCapacity", "0", "'LuceneLsrOptions.Batch' members: 'QueueCapacity'", "between 1 and")]
    [InlineData("Policy:Timeout", "0", "'LuceneLsrOptions.Policy' members: 'Timeout'", "between 00:00:00.0100000 and")]
    [InlineData(
        "Policy:CircuitBreaker:FailureRatio", "2", "'LuceneLsrOptions.Policy.CircuitBreaker' members: 'FailureRatio'",
        "between 0 and 1")]
    [InlineData(
        "Cache:UseDistributedCache", "true", "Cache.UseDistributedCache needs an IDistributedCache", "Register one")]
    public void Start_with_invalid_option_throws_with_option_and_remedy(
        string key, string value, string option, string remedy)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        using var application = new Application(configuration.Bind);
        var error = Assert.Throws<OptionsValidationException>(application.Get<IStartupValidator>().Validate);
        Assert.Contains(option, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
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
