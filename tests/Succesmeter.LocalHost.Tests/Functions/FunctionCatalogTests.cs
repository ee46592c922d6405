using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Succesmeter.LocalHost.Functions;

namespace Succesmeter.LocalHost.Tests.Functions;

public sealed class FunctionCatalogTests
{
    [Fact]
    public void Functions_are_found_on_classes_static_or_not()
    {
        var catalog = Of(typeof(Plain), typeof(Static));

        Assert.Equal(["One", "Two"], catalog.All.Select(function => function.Name));
        Assert.Equal(["first", "second"], catalog.TriggeredBy<QueueTriggerAttribute>().Select(found => found.Trigger.QueueName));
    }

    [Theory]
    [InlineData(typeof(WithoutTrigger), "one trigger")]
    [InlineData(typeof(WithTwoTriggers), "one trigger")]
    public void A_function_needs_one_trigger(Type functions, string words) =>
        Assert.Contains(words, Assert.Throws<CannotStartException>(() => Of(functions)).Message);

    [Fact]
    public void Two_functions_may_not_share_a_name() =>
        Assert.Contains("Two functions", Assert.Throws<CannotStartException>(() => Of(typeof(Plain), typeof(SameName))).Message);

    [Fact]
    public async Task A_parameter_that_nothing_can_fill_stops_the_start()
    {
        using var calls = new Calls();
        var options = await Some.HostAsync<Unfillable>(calls);

        var error = await Assert.ThrowsAsync<CannotStartException>(() => options.StartAsync());
        Assert.Contains("Decimal unknown", error.Message);
    }

    private static FunctionCatalog Of(params Type[] classes) => FunctionCatalog.Of(classes, new ConfigurationBuilder().Build());

    public sealed class Plain
    {
        [Function("Two")]
        public void Run([QueueTrigger("second")] string message)
        {
        }

        public void NoFunction()
        {
        }
    }

    public static class Static
    {
        [Function("One")]
        public static void Run([QueueTrigger("first")] string message)
        {
        }
    }

    public sealed class SameName
    {
        [Function("two")]
        public void Run([QueueTrigger("third")] string message)
        {
        }
    }

    public sealed class WithoutTrigger
    {
        [Function("None")]
        public void Run(string message)
        {
        }
    }

    public sealed class WithTwoTriggers
    {
        [Function("Both")]
        public void Run([QueueTrigger("first")] string message, [TimerTrigger("0 * * * * *")] TimerInfo timer)
        {
        }
    }

    public sealed class Unfillable
    {
        [Function("Unfillable")]
        public void Run([QueueTrigger("first")] string message, decimal unknown)
        {
        }
    }
}
