using System.Net;
using Succesmeter.Addresses;

namespace Succesmeter.Tests.Addresses;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("http://hooks.example.org/x")]
    [InlineData("ftp://hooks.example.org/x")]
    [InlineData("https://user@hooks.example.org/")]
    [InlineData("https://user:secret@hooks.example.org/")]
    [InlineData("https://hooks.example.org:22/")]
    [InlineData("https://hooks.example.org:80/")]
    [InlineData("https://localhost/")]
    [InlineData("https://localhost./")]
    [InlineData("https://LOCALHOST/")]
    [InlineData("https://a.localhost/")]
    [InlineData("https://printer/")]
    [InlineData("https://printer.local/")]
    [InlineData("https://metadata.google.internal/computeMetadata/v1/")]
    [InlineData("https://metadata.google.internal./")]
    [InlineData("https://router.lan/")]
    [InlineData("https://router.home.arpa/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://127.0.0.1:8443/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://168.63.129.16/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://2852039166/")]
    [InlineData("https://0xa9fea9fe/")]
    [InlineData("https://0251.0376.0251.0376/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://172.31.255.255/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://192.0.0.8/")]
    [InlineData("https://192.0.2.1/")]
    [InlineData("https://198.18.0.1/")]
    [InlineData("https://203.0.113.9/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[::ffff:8.8.8.8]/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[64:ff9b::808:808]/")]
    [InlineData("https://[64:ff9b:1::a00:1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[2001:0:53aa:64c::1]/")]
    [InlineData("https://[2001:db8::1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fc00::1]/")]
    [InlineData("https://[fd00:ec2::254]/")]
    [InlineData("https://[ff02::1]/")]
    [InlineData("https://①②⑦.⓪.⓪.①/")]
    [InlineData("https://ｌｏｃａｌｈｏｓｔ/")]
    [InlineData("https://xn--localhost-.localhost/")]
    public void What_is_not_the_public_internet_is_refused(string address) =>
        Assert.True(!Uri.TryCreate(address, UriKind.Absolute, out var uri) || AddressRules.WhyNot(uri, allowLoopback: false) is not null);

    [Theory]
    [InlineData("https://hooks.growfunding.be/x?y=1")]
    [InlineData("https://hooks.growfunding.be:8443/x")]
    [InlineData("https://hooks.growfunding.be./x")]
    [InlineData("https://b\u00fccher.de/")]
    [InlineData("https://xn--bcher-kva.de/")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    public void The_public_internet_is_let_through(string address) => Assert.Null(AddressRules.WhyNot(new Uri(address), allowLoopback: false));

    [Theory]
    [InlineData("http://127.0.0.1:7071/hook")]
    [InlineData("http://localhost:7071/hook")]
    [InlineData("https://[::1]:9000/hook")]
    public void In_development_this_machine_may_be_called_and_nothing_else_more(string address)
    {
        Assert.Null(AddressRules.WhyNot(new Uri(address), allowLoopback: true));
        Assert.NotNull(AddressRules.WhyNot(new Uri(address), allowLoopback: false));
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://hooks.growfunding.be/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("ftp://127.0.0.1/")]
    public void Development_opens_no_other_door(string address) => Assert.NotNull(AddressRules.WhyNot(new Uri(address), allowLoopback: true));

    [Fact]
    public void An_address_inside_another_is_refused_whatever_it_is() =>
        Gen.UInt.Sample(bits =>
        {
            var v4 = new IPAddress(bits);
            return AddressRules.WhyNot(v4.MapToIPv6(), allowLoopback: true) is not null
                && AddressRules.WhyNot(IPAddress.Parse($"64:ff9b::{v4}"), allowLoopback: true) is not null;
        });
}
